import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from 'vitest'
import * as z from 'zod'

import { FAMILIES } from '../../src/models/images/families/index.ts'
import { readPromptDirectives } from '../../src/openai/prompt/prompt-directives.ts'
import { toErrorReply } from '../../src/reply/error-reply.ts'
import { corsHeaders } from '../../src/request/cors.ts'
import { readAccessKeys } from '../../src/settings/access-keys.ts'
import { settingNames } from '../../src/settings/read-settings.ts'
import { toModelTable } from './model-table.ts'
import { codesIn, readPage, READMES, ROOT, tableOf } from './page.ts'
import { EVERY_PROBLEM } from './problems.ts'

const source = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

/** What the first parenthesis of a pattern finds, each thing once. */
function findAll(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))]
}

/** The routes of a table, as the pages name them. */
function routesIn(file: string): readonly string[] {
  return [...source(file).matchAll(/method: '(\w+)',\s*path: '([^']+)'/g)].map(
    ([, method = '', at = '']) => {
      const open = /^\/(?:$|healthz$|webhooks\/|(?:images|videos)\/:signed)/.test(at)
      return `${method} ${open ? '' : '/v1'}${at.replace(/:(\w+)(\{.*\})?/, '{$1}')}`
    },
  )
}

/** For proxies and browsers, which nobody reads in an answer. */
const NOT_FOR_CALLERS = new Set(['x-accel-buffering', 'x-content-type-options'])

/** The headers of ours that an answer can have. */
const HEADERS = findAll(
  globSync(['src/app.ts', 'src/reply/*.ts', 'src/routes/**/*.ts'], {
    cwd: ROOT,
    exclude: ['**/*.test.ts'],
  })
    .map(source)
    .join('\n'),
  /'(x-[a-z-]+|openai-[a-z]+-[a-z-]+|server-timing)'/g,
).filter((name) => !NOT_FOR_CALLERS.has(name))

const sorted = (texts: readonly string[]): readonly string[] => texts.toSorted()

/** In each language the pages that state facts, and their words. */
const LANGUAGES = {
  English: {
    ending: '.md',
    settings: 'Variable',
    routes: 'Method and path',
    models: 'Maker',
    headers: 'Header',
    sent: 'You may send',
    errors: 'Status',
    message: 'In the message',
    no: 'no',
  },
  Chinese: {
    ending: '.zh-CN.md',
    settings: '变量',
    routes: '方法与路径',
    models: '制作者',
    headers: '响应头',
    sent: '可以发送',
    errors: '状态码',
    message: '消息里写',
    no: '不会',
  },
} as const

test.for(READMES)(
  '%s begins with the other language, a picture, a command, a curl and a client, and is short',
  (file) => {
    const lines = readPage(file).text.split('\n')
    const screen = lines.slice(0, 30).join('\n')
    expect(lines[0]).toContain(READMES.find((other) => other !== file))
    for (const part of ['.webp)', 'npm ci && npm start', 'curl ', 'cat.png', "from 'openai'"]) {
      expect(screen).toContain(part)
    }
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES)
  },
)

/** What somebody reads who only wants to know what it is. */
const MOST_LINES = 200

describe.for(['English', 'Chinese'] as const)('the documentation in %s', (language) => {
  const words = LANGUAGES[language]
  const rows = (page: string, heading: string) =>
    tableOf(readPage(`${page}${words.ending}`), heading).slice(1)
  const firstCodes = (page: string, heading: string) =>
    rows(page, heading).flatMap(([cell = '']) => codesIn(cell))

  test('lists every setting, and none besides', () => {
    const text = source('src/settings/read-settings.ts')
    expect(sorted(firstCodes('docs/settings', words.settings))).toEqual(sorted(settingNames()))
    const defaults = rows('docs/settings', words.settings).map(
      ([, cell = '']) => /^`([^`]+)`$/.exec(cell)?.[1],
    )
    const said = text + source('src/models/catalogue/catalogue.ts')
    for (const value of defaults) expect(said).toContain(`'${value ?? ''}`)
  })

  test('lists every route, and none besides', () => {
    const files = globSync('src/app{,/*-routes}.ts', { cwd: ROOT, exclude: ['**/video-routes.ts'] })
    expect(sorted(firstCodes('docs/api', words.routes))).toEqual(sorted(files.flatMap(routesIn)))
  })

  test('names every route of videos, and none besides', () => {
    const named = codesIn(readPage(`docs/videos${words.ending}`).prose).filter((code) =>
      /^[A-Z]+ (?:\/v1)?\/videos?\//.test(`${code}/`),
    )
    expect(sorted([...new Set(named)])).toEqual(sorted(routesIn('src/app/video-routes.ts')))
  })

  test('lists every model under its maker, and none besides', () => {
    const makers = Map.groupBy(FAMILIES, ({ owner }) => owner)
    expect(
      rows('README', words.models).map(([maker = '', names = '']) => [maker, codesIn(names)]),
    ).toEqual([...makers].map(([maker, models]) => [maker, models.map(({ names }) => names[0])]))
  })

  test('lists every response header, and none besides', () => {
    const listed = firstCodes('docs/api', words.headers)
    expect(sorted(listed)).toEqual(sorted(HEADERS))
  })

  test('lists request headers that are read', () => {
    const text = globSync(['src/request/*.ts', 'src/intake/*.ts', 'src/routes/*.ts'], { cwd: ROOT })
      .map(source)
      .join('\n')
      .toLowerCase()
    const listed = firstCodes('docs/api', words.sent).filter((name) => /^(?:x-|[A-Z])/.test(name))
    expect(listed).toHaveLength(7)
    expect(listed.filter((name) => !text.includes(`'${name.toLowerCase()}'`))).toEqual([])
  })

  test('lists every error with its status and whether it is repeated, and none besides', () => {
    const listed = rows('docs/errors', words.errors).map(([status = '', code = '', , retry = '']) =>
      [status, codesIn(code)[0] ?? '', retry === words.no ? 'never' : 'sometimes'].join(' '),
    )
    const errors = EVERY_PROBLEM.map(toErrorReply)
    const real = errors.map(({ status, error }) => {
      const alike = errors.filter((one) => one.status === status && one.error.code === error.code)
      const repeats = alike.some(({ headers }) => isRepeated(status, headers['x-should-retry']))
      return `${status} ${error.code ?? 'null'} ${repeats ? 'sometimes' : 'never'}`
    })
    expect(sorted(listed)).toEqual(sorted([...new Set(real)]))
  })

  test('tells the words in a chat message as they are read', () => {
    for (const [message = '', meaning = ''] of rows('docs/chat', words.message)) {
      const { prompt, ...settings } = readPromptDirectives(codesIn(message)[0] ?? '')
      expect(prompt).toMatch(/^(?:a cat|一只猫)/)
      const sizes = meaning.match(/\d+[:x]\d+|\dK/g)
      expect(Object.values(settings).map(String)).toEqual(
        sizes ?? [codesIn(meaning)[0] ?? /\d+/.exec(meaning)?.[0]],
      )
    }
  })
})

/** What the official clients do: their own rule unless the header says otherwise. */
function isRepeated(status: number, header: string | undefined): boolean {
  if (header !== undefined) return header === 'true'
  return status === 408 || status === 409 || status === 429 || status >= 500
}

/** HTTP's own that answers have beside them, and that a web page may not read unasked. */
const OF_HTTP = ['accept-ranges', 'content-range', 'etag', 'retry-after']

test('a web page may read every header of ours, and none is named that is never sent', () => {
  const headers = new Map(corsHeaders(new Request('https://gateway.test'), ['*']))
  const exposed = headers.get('access-control-expose-headers')?.split(', ') ?? []
  expect(sorted(exposed)).toEqual(sorted([...HEADERS, ...OF_HTTP]))
})

describe.for(['docs/settings.md', 'docs/settings.zh-CN.md'])('%s', (file) => {
  const { text, blocks } = readPage(file)

  test('tells of every setting', () => {
    const names = settingNames()
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })

  test('shows callers as they are read', () => {
    const callers = blocks.filter(({ code }) => code.includes('"sha256"'))
    expect(callers.map(({ code }) => readAccessKeys(code, []))).toMatchObject([
      { keys: [{ name: 'alice' }, { name: 'bob' }] },
    ])
  })
})

test.for(['docs/errors.md', 'docs/errors.zh-CN.md'])(
  '%s tells every way to fail, with what the answer says',
  (file) => {
    const listed = tableOf(readPage(file), 'Problem').slice(1)
    const told = Map.groupBy(EVERY_PROBLEM, ({ kind }) => kind)
    expect(listed.map(([kind = '']) => codesIn(kind)[0])).toEqual([...told.keys()])
    for (const [kind = '', status, codes = '', retry = ''] of listed) {
      const replies = EVERY_PROBLEM.filter((one) => one.kind === codesIn(kind)[0]).map(toErrorReply)
      const headers = new Set(replies.map((one) => one.headers['x-should-retry'] ?? '–'))
      expect(new Set(replies.map((one) => String(one.status)))).toEqual(new Set([status]))
      expect(codesIn(codes)).toEqual(replies.map(({ error }) => error.code ?? 'null').filter(isNew))
      expect(retry === '–' ? ['–'] : codesIn(retry)).toEqual([...headers])
    }
  },
)

function isNew(text: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(text) === index
}

test('docs/models.md lists every model with its facts', () => {
  expect(tableOf(readPage('docs/models.md'), 'Name')).toEqual(toModelTable(FAMILIES))
})

/** Who may import whom, as the lint rule has it. */
function readDoors(): Readonly<Record<string, readonly string[]>> {
  const written = /const DOORS = (\{[\s\S]*?\n\})/.exec(source('lint/house.js'))?.[1] ?? ''
  const json = written
    .replaceAll("'", '"')
    .replaceAll(/^ {2}(\w+):/gm, '"$1":')
    .replaceAll(/,(\s*[\]}])/g, '$1')
  return z.record(z.string(), z.array(z.string())).parse(JSON.parse(json))
}

const roomOf = (file: string): string => (file.split('/')[1] ?? '').replace(/\.ts$/, '')

test('docs/architecture.md shows the doors as the lint rule keeps them', () => {
  const rooms = new Set(globSync('src/*', { cwd: ROOT }).map(roomOf))
  const table = tableOf(readPage('docs/architecture.md'), 'Room').slice(1)
  const shown = table.map(([room = '', , may = '']) => [
    (codesIn(room)[0] ?? '').replace(/\/$|\.ts$/, ''),
    may === 'nothing' ? [] : sorted(codesIn(may)),
  ])
  const kept = Object.entries(readDoors())
    .filter(([room]) => rooms.has(room))
    .map(([room, may]) => [room, sorted(may.filter((one) => rooms.has(one)))])
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(kept))
})

test('every door is gone through', () => {
  const files = globSync('src/**/*.ts', { cwd: ROOT, exclude: ['**/*.test.ts'] })
  const used = new Set(
    files.flatMap((file) =>
      findAll(source(file), /from '(\.[^']*)'/g).map(
        (to) => `${roomOf(file)} to ${roomOf(path.join(path.dirname(file), to))}`,
      ),
    ),
  )
  const doors = Object.entries(readDoors()).flatMap(([room, may]) =>
    may.map((one) => `${room} to ${one}`),
  )
  expect(doors.filter((door) => !used.has(door))).toEqual([])
})

test('test/README.md names every folder of tests once', () => {
  const [, ...rows] = tableOf(readPage('test/README.md'), 'Behaviour')
  const folders = globSync('test/*/', { cwd: ROOT }).map((folder) => `${path.basename(folder)}/`)
  expect(sorted(rows.flatMap(([, named = '']) => codesIn(named)))).toEqual(
    sorted(folders.filter((folder) => folder !== 'support/')),
  )
})
