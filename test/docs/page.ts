import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The project's root folder. */
export const ROOT = path.join(import.meta.dirname, '../..')

/** A fenced block of a page. */
export interface Block {
  /** `sh`, `js`, `json`…; empty: no language is named. */
  readonly language: string
  readonly code: string
}

/** A table's cells, the heading first. */
export type Table = readonly (readonly string[])[]

/** A page of documentation, taken apart. */
export interface Page {
  /** Below the root. */
  readonly file: string
  readonly text: string
  /** The text without its blocks. */
  readonly prose: string
  /** With their marks: `## Deploy`. */
  readonly headings: readonly string[]
  readonly blocks: readonly Block[]
  readonly tables: readonly Table[]
  /** Targets of links and pictures that are in this project, with the `#…` of a heading. */
  readonly links: readonly string[]
}

/** The pages that people read first, in both languages. */
export const READMES = ['README.md', 'README.zh-CN.md'] as const

/** Every page of ours. */
export function readPages(): readonly Page[] {
  const more = globSync('docs/**/*.md', { cwd: ROOT }).toSorted()
  return [...READMES, 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...more].map(readPage)
}

export function readPage(file: string): Page {
  const text = readFileSync(path.join(ROOT, file), 'utf8')
  const prose = text.replaceAll(FENCE, '')
  return {
    file,
    text,
    prose,
    headings: prose.split('\n').filter((line) => /^#{1,6} /.test(line)),
    blocks: [...text.matchAll(FENCE)].map(({ groups = {} }) => ({
      language: groups['language'] ?? '',
      code: groups['code'] ?? '',
    })),
    tables: prose.split(/\n(?!\|)/).flatMap(readTable),
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target)),
  }
}

/** The table whose heading begins with these cells. */
export function tableOf(page: Page, ...heading: readonly string[]): Table {
  const found = page.tables.find(([first = []]) => heading.every((cell, at) => first[at] === cell))
  if (found === undefined) throw new Error(`${page.file} has no table ${heading.join(' | ')}`)
  return found
}

/** What stands between backticks in a text. */
export function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
}

const FENCE = /^(?<indent> *)```(?<language>\w*)\n(?<code>[\s\S]*?)^\k<indent>```$/gm

/** The lines of a table, with a paragraph before them or not; none: it is not one. */
function readTable(chunk: string): readonly Table[] {
  const rows = chunk
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
  const isRuled = rows[1]?.every((cell) => /^-+$/.test(cell)) === true
  return isRuled ? [rows.filter((_, index) => index !== 1)] : []
}
