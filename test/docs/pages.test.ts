import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from 'vitest'
import * as z from 'zod'

import { FAMILIES } from '../../src/models/images/families/index.ts'
import { endpointsOf } from '../../src/models/model-spec.ts'
import { codesIn, readPage, readPages, READMES, ROOT, tableOf, type Page } from './page.ts'

/** Pages that there are in both languages: those that users read. */
const PAIRS = [
  READMES,
  ...globSync('docs/*.zh-CN.md', { cwd: ROOT })
    .toSorted()
    .map((chinese) => [chinese.replace('.zh-CN', ''), chinese] as const),
]

test('what users read is there in both languages', () => {
  const english = globSync('docs/*.md', { cwd: ROOT, exclude: ['docs/*.zh-CN.md'] })
  const inBoth = new Set<string>(PAIRS.map(([page]) => page))
  expect(english.filter((page) => !inBoth.has(page)).toSorted()).toEqual([
    'docs/architecture.md',
    'docs/compatibility.md',
    'docs/models.md',
    'docs/operations.md',
    'docs/performance.md',
  ])
})

describe.for(PAIRS)('%s and %s say the same', ([first, second]) => {
  const [english, chinese] = [readPage(first), readPage(second)]

  test('name each other first', () => {
    expect(english.text.split('\n')[0]).toContain(path.basename(second))
    expect(chinese.text.split('\n')[0]).toContain(path.basename(first))
  })

  test('in the same sections', () => {
    expect(levelsOf(chinese)).toEqual(levelsOf(english))
  })

  test('with the same blocks, but for comments and prompts', () => {
    expect(blocksOf(chinese)).toEqual(blocksOf(english))
  })

  test('with the same words of code in the same tables', () => {
    expect(tablesOf(chinese)).toEqual(tablesOf(english))
  })

  test('with links that stay in the language', () => {
    const inBoth = new Set<string>(PAIRS.map(([page]) => page))
    const left = chinese.links
      .map((link) => path.join(path.dirname(second), link.split('#')[0] ?? ''))
      .filter((page) => inBoth.has(page))
    expect(left).toEqual([first])
  })

  test('with the same links', () => {
    expect(linksOf(chinese)).toEqual(linksOf(english))
  })
})

const levelsOf = ({ headings }: Page) => headings.map((heading) => /^#+/.exec(heading)?.[0])

const blocksOf = ({ blocks }: Page) =>
  blocks.map(({ language, code }) => `${language}\n${withoutWords(code)}`)

const tablesOf = ({ tables }: Page) => tables.map((rows) => rows.map((row) => row.map(codesIn)))

/** Without those to the same page in the other language. */
const linksOf = ({ file, links }: Page) =>
  links
    .filter((link) => !link.startsWith('#'))
    .map(toEnglish)
    .filter((link) => link !== path.basename(toEnglish(file)))

/** Each language has headings of its own. */
function toEnglish(link: string): string {
  const plain = link.replace('.zh-CN', '')
  const [target = ''] = plain.split('#')
  return PAIRS.some(([english]) => path.basename(english) === path.basename(target))
    ? target
    : plain
}

function withoutWords(code: string): string {
  return code
    .replaceAll(/(?:^|(?<= ))# .*$/gm, '#')
    .replaceAll(/((?:prompt|content)"?\s*[:=]\s*)(["'])(?:(?!\2).)*\2/g, '$1…')
}

/** Those of the rooms, which are read where they lie. */
const GUIDES = globSync('*/README.md', { cwd: ROOT, exclude: ['node_modules', 'dist'] })

describe.for([...readPages(), ...GUIDES.toSorted().map(readPage)])('$file', (page) => {
  test('has no link that leads nowhere', () => {
    const broken = page.links.filter((link) => {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? page.file : path.join(path.dirname(page.file), file)
      if (!existsSync(path.join(ROOT, target))) return true
      return anchor !== undefined && !anchorsOf(target).includes(decodeURIComponent(anchor))
    })
    expect(broken).toEqual([])
  })

  test('names no file that is not there', () => {
    const named = codesIn(page.prose)
      .filter((text) => /^(?:[\w.-]+\/)+[\w.-]*$/.test(text))
      .filter((text) => ROOMS.has(text.split('/')[0] ?? '') && !ENDPOINTS.has(text))
    const missing = named.filter((file) =>
      ['', 'src', 'src/models', 'docs'].every((at) => !existsSync(path.join(ROOT, at, file))),
    )
    expect(missing).toEqual([])
  })

  test("names no machine's folders", () => {
    expect(
      page.text.match(/(?<![\w.>}-])\/(?:work|home|root|Users|tmp|var|mnt|opt)\/\S*/g),
    ).toBeNull()
    expect(page.text).not.toMatch(/[A-Z]:\\/)
  })
})

test('the guide sends nobody to a place that is not there', () => {
  const places = tableOf(readPage('CONTRIBUTING.md'), 'Task')
    .flatMap(([, where = '']) => codesIn(where))
    .filter((code) => /^[\w.-]+(?:\/[\w.-]*)+$/.test(code))
  expect(places.length).toBeGreaterThan(40)
  expect(places.filter((place) => !existsSync(path.join(ROOT, place)))).toEqual([])
})

test('no page and no source names an npm script that is not there', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')))
  const files = globSync(
    ['*.{md,json}', '.ci/*', '{docs,src,scripts,bench,simulator,playground,test}/**/*.{md,ts,tsx}'],
    { cwd: ROOT, exclude: ['**/node_modules'] },
  )
  const named = files.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    const all = text.matchAll(/npm run (?:--silent )?(?<name>[a-z][\w:-]*)/g)
    return [...all].map(({ groups }) => `${file}: ${groups?.['name'] ?? ''}`)
  })
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((one) => !Object.hasOwn(scripts, one.split(': ')[1] ?? ''))).toEqual([])
})

const ROOMS = new Set([...readdirSync(ROOT), ...readdirSync(path.join(ROOT, 'src')), 'decisions'])
ROOMS.delete('node_modules')
ROOMS.delete('dist')

const ENDPOINTS: ReadonlySet<string> = new Set(FAMILIES.flatMap(endpointsOf).map(({ id }) => id))

/** Headings as GitHub makes anchors of them. */
function anchorsOf(file: string): readonly string[] {
  return readPage(file).headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
