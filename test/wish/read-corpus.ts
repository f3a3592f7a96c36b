import { readFileSync } from 'node:fs'
import path from 'node:path'

import * as z from 'zod'

import type { Asked } from '../../src/openai/wish/asked.ts'

/** One text of a corpus, as a request. */
export interface Example {
  readonly language: string
  /** The line as it stands in the file. */
  readonly line: string
  readonly asked: Asked
}

/** A line that is more than what a user says: `> {"system": …, "user": …}`. */
const request = z.strictObject({
  user: z.string(),
  /** What the app says first, and last. */
  system: z.string().optional(),
  after: z.string().optional(),
  /** What the user said before. */
  before: z.array(z.string()).optional(),
  /** Whether a picture is sent with it, or was shown before. */
  image: z.boolean().optional(),
  earlier: z.boolean().optional(),
  max_tokens: z.number().optional(),
  json: z.boolean().optional(),
  tools: z.array(z.string()).optional(),
})

/** The languages of one corpus have a heading each; `\n` stands for the end of a line. */
export function readCorpus(...names: readonly string[]): readonly Example[] {
  return names.flatMap((name) => {
    const file = path.join(import.meta.dirname, 'corpus', `${name}.txt`)
    let language = ''
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const heading = /^# (?<language>[a-z]{2}(?:-\w+)?)$/u.exec(line)?.groups?.['language']
        language = heading ?? language
        return line === '' || heading !== undefined
          ? []
          : [{ language, line, asked: toAsked(line) }]
      })
  })
}

function toAsked(line: string): Asked {
  const given = line.startsWith('> ')
    ? request.parse(JSON.parse(line.slice(2)))
    : { user: line.replaceAll(String.raw`\n`, '\n') }
  const { user, system, after, before = [], image, earlier, max_tokens, json, tools = [] } = given
  const shown = earlier === true ? 'earlier' : 'none'
  return {
    text: user,
    before,
    instructions: [system, after].filter((text) => text !== undefined),
    instructedLast: after !== undefined,
    images: image === true ? 'sent' : shown,
    maxTokens: max_tokens,
    json: json === true ? { schema: undefined } : undefined,
    tools,
  }
}
