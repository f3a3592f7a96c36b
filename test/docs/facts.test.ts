import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from 'vitest'
import * as z from 'zod'

import { FAMILIES } from '../../src/models/images/families/index.ts'
import { readPromptDirectives } from '../../src/openai/prompt/prompt-directives.ts'
import { toErrorReply } from '../../src/reply/error-reply.ts'
import { readAccessKeys } from '../../src/settings/access-keys.ts'
import { toModelTable } from './model-table.ts'
import { codesIn, readPage, READMES, ROOT, tableOf } from './page.ts'
import { EVERY_PROBLEM } from './problems.ts'

const source = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

/** What the first parenthesis of a pattern finds, each thing once. */
function findAll(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))]
}

const sorted = (texts: readonly string[]): readonly string[] => texts.toSorted()

const WORDS = {
  'README.md': {
    settings: 'Variable',
    routes: 'Method and path',
    models: 'Maker',
    headers: 'Header',
    errors: 'Status',
    message: 'In the message',
    no: 'no',
  },
  'README.zh-CN.md': {
    settings: '变量',
    routes: '方法与路径',
    models: '制作者',
    headers: '响应头',
    errors: '状态码',
    message: '消息里写',
    no: '不会',
  },
} as const

describe.for(READMES)('%s', (file) => {
  const page = readPage(file)
  const words = WORDS[file]
  const rows = (heading: string) => tableOf(page, heading).slice(1)
  const firstCodes = (heading: string) => rows(heading).flatMap(([cell = '']) => codesIn(cell))

  test('begins with the other language, a command, a curl and a client', () => {
    const screen = page.text.split('\n').slice(0, 30).join('\n')
    expect(page.text.split('\n')[0]).toContain(READMES.find((other) => other !== file))
    for (const part of ['npm ci && npm start', 'curl ', 'cat.png', "from 'openai'"]) {
      expect(screen).toContain(part)
    }
  })

  test('lists every setting, and none besides', () => {
    const text = source('src/settings/read-settings.ts')
    expect(sorted(firstCodes(words.settings))).toEqual(
      sorted(findAll(text, /^ {2}([A-Z][A-Z_]+):/gm)),
    )
    const defaults = rows(words.settings).map(([, cell = '']) => /^`([^`]+)`$/.exec(cell)?.[1])
    for (const value of defaults) expect(text).toContain(value ?? '')
  })

  test('lists every route, and none besides', () => {
    const known = source('src/app.ts').matchAll(/method: '(\w+)',\s*path: '([^']+)'/g)
    const routes = [...known].map(([, method = '', at = '']) => {
      const open = /^\/(?:$|healthz$|webhooks\/|images\/:signed)/.test(at)
      return `${method} ${open ? '' : '/v1'}${at.replace(/:(\w+)(\{.*\})?/, '{$1}')}`
    })
    expect(sorted(firstCodes(words.routes))).toEqual(sorted(routes))
  })

  test('lists every model under its maker, and none besides', () => {
    const makers = Map.groupBy(FAMILIES, ({ owner }) => owner)
    expect(rows(words.models).map(([maker = '', names = '']) => [maker, codesIn(names)])).toEqual(
      [...makers].map(([maker, models]) => [maker, models.map(({ names }) => names[0])]),
    )
  })

  test('lists every response header, and none besides', () => {
    const text = ['src/app.ts', 'src/reply/headers.ts', 'src/reply/error-reply.ts'].map(source)
    const sent = findAll(text.join('\n'), /'(x-[a-z-]+|server-timing)'/g)
    expect(sorted(firstCodes(words.headers))).toEqual(sorted(sent))
  })

  test('lists every error with its status and whether it is repeated, and none besides', () => {
    const listed = rows(words.errors).map(([status = '', code = '', , retry = '']) =>
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
    for (const [message = '', meaning = ''] of rows(words.message)) {
      const { prompt, ...settings } = readPromptDirectives(codesIn(message)[0] ?? '')
      expect(prompt).toMatch(/^(?:a cat|一只猫)/)
      expect(Object.values(settings).map(String)).toEqual([
        /\d+[:x]\d+/.exec(meaning)?.[0] ?? codesIn(meaning)[0] ?? /\d+/.exec(meaning)?.[0],
      ])
    }
  })
})

/** What the official clients do: their own rule unless the header says otherwise. */
function isRepeated(status: number, header: string | undefined): boolean {
  if (header !== undefined) return header === 'true'
  return status === 408 || status === 409 || status === 429 || status >= 500
}

test('docs/settings.md tells of every setting', () => {
  const { text } = readPage('docs/settings.md')
  const names = findAll(source('src/settings/read-settings.ts'), /^ {2}([A-Z][A-Z_]+):/gm)
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})

test('docs/settings.md shows callers as they are read', () => {
  const { blocks } = readPage('docs/settings.md')
  const callers = blocks.filter(({ code }) => code.includes('"sha256"'))
  expect(callers.map(({ code }) => readAccessKeys(code, []))).toMatchObject([
    { keys: [{ name: 'alice' }, { name: 'bob' }] },
  ])
})

test('docs/errors.md tells every way to fail, with what the answer says', () => {
  const listed = tableOf(readPage('docs/errors.md'), 'Problem').slice(1)
  const told = Map.groupBy(EVERY_PROBLEM, ({ kind }) => kind)
  expect(listed.map(([kind = '']) => codesIn(kind)[0])).toEqual([...told.keys()])
  for (const [kind = '', status, codes = '', retry = ''] of listed) {
    const replies = EVERY_PROBLEM.filter((one) => one.kind === codesIn(kind)[0]).map(toErrorReply)
    const headers = new Set(replies.map((one) => one.headers['x-should-retry'] ?? '–'))
    expect(new Set(replies.map((one) => String(one.status)))).toEqual(new Set([status]))
    expect(codesIn(codes)).toEqual(replies.map(({ error }) => error.code ?? 'null').filter(isNew))
    expect(retry === '–' ? ['–'] : codesIn(retry)).toEqual([...headers])
  }
})

function isNew(text: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(text) === index
}

test('docs/models.md lists every model with its facts', () => {
  expect(tableOf(readPage('docs/models.md'), 'Name')).toEqual(toModelTable(FAMILIES))
})

test('docs/architecture.md shows the doors as the lint rule keeps them', () => {
  const written = /const DOORS = (\{[\s\S]*?\n\})/.exec(source('lint/house.js'))?.[1] ?? ''
  const json = written
    .replaceAll("'", '"')
    .replaceAll(/^ {2}(\w+):/gm, '"$1":')
    .replaceAll(/,(\s*[\]}])/g, '$1')
  const doors = z.record(z.string(), z.array(z.string())).parse(JSON.parse(json))
  const rooms = new Set(
    globSync('src/*', { cwd: ROOT }).map((file) => path.basename(file).replace(/\.ts$/, '')),
  )
  const table = tableOf(readPage('docs/architecture.md'), 'Room').slice(1)
  const shown = table.map(([room = '', , may = '']) => [
    (codesIn(room)[0] ?? '').replace(/\/$|\.ts$/, ''),
    may === 'nothing' ? [] : sorted(codesIn(may)),
  ])
  const kept = Object.entries(doors)
    .filter(([room]) => rooms.has(room))
    .map(([room, may]) => [room, sorted(may.filter((one) => rooms.has(one)))])
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(kept))
})
