import { globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { CLIENTS } from './clients/client-needs.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

const root = path.join(import.meta.dirname, '..')

/** Where the page is written. */
export const PAGE_FILE = path.join(root, 'docs/compatibility.md')

/** A test that says what it shows. */
export interface Showing {
  /** Below the root. */
  readonly file: string
  readonly title: string
  /** `client/need`. */
  readonly shows: readonly string[]
}

/** A test that runs; one that is skipped or still to be written shows nothing. */
const TEST = /^\s*test(?:\.(?:for|each)(?:<[\s\S]*?>)?\([\s\S]*?\))?\(\s*(['"`])(.*?)\1/

/**
 * What the tests say that they show.
 *
 * @throws Error a comment that does not stand above a test
 */
export function readShowings(
  read = (file: string): string => readFileSync(path.join(root, file), 'utf8'),
  files: readonly string[] = globSync('test/**/*.test.ts', { cwd: root }).toSorted(),
): readonly Showing[] {
  return files.flatMap((file) => {
    const [, ...parts] = read(file).split(/^\s*\/\/ Shows: /m)
    return parts.map((part) => {
      const [ids = '', ...rest] = part.split('\n')
      const title = TEST.exec(rest.join('\n'))?.[2]
      if (title === undefined) throw new Error(`${file}: "Shows: ${ids}" stands above no test`)
      return { file, title, shows: ids.split(',').map((id) => id.trim()) }
    })
  })
}

const INTRODUCTION = `# Compatibility

<!-- Written by \`npm run docs:compatibility\`; do not change it by hand. -->

What each client needs of an OpenAI server, and the test that shows it. Packages are run unmodified, in the version named, over real sockets. An app that cannot be installed in a test takes part by its requests, written down as its source makes them, and by what its source reads of the answer. "Not shown" means that no test shows it.
`

/** The whole page. */
export function writeCompatibilityPage(): string {
  const showings = readShowings()
  const sections = Object.entries(CLIENTS).flatMap(([id, { name, packages, note, needs }]) => [
    `## ${name}\n`,
    `${howItTakesPart(packages)}${note === undefined ? '' : ` ${note}`}\n`,
    '| Surface | What it needs | Shown by |',
    '| --- | --- | --- |',
    ...Object.entries(needs).map(([key, { surface, need }]) => {
      const shown = showings.filter(({ shows }) => shows.includes(`${id}/${key}`))
      return `| ${surface} | ${need} | ${shown.map(toLink).join('<br>') || 'not shown'} |`
    }),
    '',
  ])
  return [INTRODUCTION, ...sections].join('\n').replace(/\n+$/, '\n')
}

function howItTakesPart(packages: readonly string[]): string {
  if (packages.length === 0) return 'By its requests.'
  return `By its package: ${packages.map((name) => `\`${name}\` ${versionOf(name)}`).join(', ')}.`
}

function versionOf(name: string): string {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8')
  const version = new RegExp(`"${name}": "([^"]+)"`).exec(text)?.[1]
  if (version === undefined) throw new Error(`${name} is not among the dependencies`)
  return version
}

function toLink({ file, title }: Showing): string {
  return `[${title.replaceAll(/[[\]|]/g, String.raw`\$&`)}](../${file})`
}

if (import.meta.main) {
  answerHelp(`npm run docs:compatibility

Writes docs/compatibility.md: client × surface × what is needed × the test that shows it. The tests say
themselves what they show, by a comment above them: // Shows: open-webui/base64.`)
  writeFileSync(PAGE_FILE, writeCompatibilityPage())
  formatFiles(PAGE_FILE)
  console.log(path.relative(root, PAGE_FILE))
}
