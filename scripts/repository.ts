import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import * as z from 'zod'

import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

const ROOT = path.join(import.meta.dirname, '..')

/** What stands for the account as long as nobody has set it. */
const NOBODY = 'OWNER'

/** Every file that leads to the public repository, below the root. */
export const PLACES = [
  'package.json',
  'README.md',
  'README.zh-CN.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'docs/deploy.md',
  'docs/deploy.zh-CN.md',
  '.github/ISSUE_TEMPLATE/config.yml',
] as const

const packageFile = z.object({
  repository: z.object({
    url: z.templateLiteral(['git+https://github.com/', z.string(), '.git']),
  }),
})

/** `owner/repository`, as package.json has it: the one place that says where the project lives. */
export function readRepository(): string {
  const { repository } = packageFile.parse(
    JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')),
  )
  return repository.url.slice('git+https://github.com/'.length, -'.git'.length)
}

/** A file's text with its links to one repository leading to another. */
export function moveRepository(text: string, from: string, to: string): string {
  // Not where the name goes on: `alice/app` is not `alice/app-two`.
  const link = new RegExp(
    String.raw`(?<=github\.com/)${from.replaceAll('.', String.raw`\.`)}(?![\w-])`,
    'g',
  )
  const moved = text.replaceAll(link, () => to)
  return to.startsWith(`${NOBODY}/`) ? moved : withoutNote(moved)
}

/** Without the paragraph that says that the account is still to be set. */
function withoutNote(text: string): string {
  return text
    .split('\n\n')
    .filter((paragraph) => !paragraph.startsWith(`\`${NOBODY}\` `))
    .join('\n\n')
}

if (import.meta.main) {
  answerHelp(`npm run docs:repository -- [OWNER/REPOSITORY]

Sets where the public repository is at GitHub: in package.json, and in every link that leads there, such as
that of the button that deploys. Without a name it says what is set.`)
  const [name] = process.argv.slice(2)
  if (name === undefined) console.log(readRepository())
  else if (/^[\w-]+\/[\w.-]+$/.test(name)) move(name)
  else {
    console.error(`${name} is no repository at GitHub: it is called like alice/fal-openai-worker`)
    process.exitCode = 1
  }
}

function move(name: string): void {
  const before = readRepository()
  for (const file of PLACES) {
    const at = path.join(ROOT, file)
    writeFileSync(at, moveRepository(readFileSync(at, 'utf8'), before, name))
  }
  formatFiles(...PLACES)
  console.log(`${before} is now ${name}, in ${PLACES.join(', ')}`)
}
