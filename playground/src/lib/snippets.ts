import { toFields } from '../api/order-request.ts'
import type { Order } from '../state/works/work.ts'
import { toSpeechSnippet, toTranscriptSnippet } from './audio-snippets.ts'
import { indent, quoteShell, toPythonEntry, toPythonValue, type SnippetLanguage } from './code.ts'
import { toVideoSnippet } from './video-snippets.ts'

type Fields = ReturnType<typeof toFields>

/** Fields that the official clients have no argument for: they go into `extra_body`, or into the body as they are. */
const OURS = ['seed', 'negative_prompt', 'resolution']

/**
 * An order as code to copy. The key comes from the environment: code is shown to people.
 *
 * @param origin the gateway's, such as `http://localhost:8787`
 */
export function toSnippet(language: SnippetLanguage, order: Order, origin: string): string {
  const base = `${origin}/v1`
  const toOther = OTHERS[order.medium]
  if (toOther !== undefined) return toOther(language, order, base)
  const { stream: _, partial_images: __, ...fields } = toFields(order)
  switch (language) {
    case 'curl':
      return order.sources.length > 0 ? curlEdit(fields, order, base) : curlGenerate(fields, base)
    case 'JavaScript':
      return toJavaScript(fields, order, base)
    case 'Python':
      return toPython(fields, order, base)
  }
}

/** Media whose requests are written by themselves. */
const OTHERS = {
  image: undefined,
  video: toVideoSnippet,
  speech: toSpeechSnippet,
  transcript: toTranscriptSnippet,
}

function curlGenerate(fields: Fields, base: string): string {
  return [
    `curl ${base}/images/generations`,
    `-H "Authorization: Bearer $OPENAI_API_KEY"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoteShell(JSON.stringify(fields, undefined, 2))}`,
  ].join(' \\\n  ')
}

function curlEdit(fields: Fields, order: Order, base: string): string {
  return [
    `curl ${base}/images/edits`,
    `-H "Authorization: Bearer $OPENAI_API_KEY"`,
    ...sourceNames(order).map((name) => `-F 'image[]=@${name}'`),
    ...(order.mask === undefined ? [] : [`-F mask=@mask.png`]),
    // `--form-string`: a value that begins with @ or < is no file.
    ...Object.entries(fields).map(
      ([name, value]) => `--form-string ${quoteShell(`${name}=${value}`)}`,
    ),
  ].join(' \\\n  ')
}

function toJavaScript(fields: Fields, order: Order, base: string): string {
  const isEdit = order.sources.length > 0
  const files = sourceNames(order).map((name) => `fs.createReadStream('${name}')`)
  const lines = [
    ...(isEdit ? [`image: [${files.join(', ')}],`] : []),
    ...(order.mask === undefined ? [] : [`mask: fs.createReadStream('mask.png'),`]),
    ...Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)},`),
  ]
  return `${isEdit ? "import fs from 'node:fs'\n" : ''}import OpenAI from 'openai'

// The key is read from OPENAI_API_KEY.
const openai = new OpenAI({ baseURL: '${base}' })
const { data } = await openai.images.${isEdit ? 'edit' : 'generate'}({
${indent(lines, 2)}
})
for (const { url } of data) console.log(url)
`
}

function toPython(fields: Fields, order: Order, base: string): string {
  const isEdit = order.sources.length > 0
  const files = sourceNames(order).map((name) => `open("${name}", "rb")`)
  // One alone is no list: older clients take but one.
  const image = files.length === 1 ? files[0] : `[${files.join(', ')}]`
  const entries = Object.entries(fields)
  const extras = new Set([...OURS, ...Object.keys(order.extra)])
  const extra = entries.filter(([name]) => extras.has(name))
  const lines = [
    ...(isEdit ? [`image=${image},`] : []),
    ...(order.mask === undefined ? [] : [`mask=open("mask.png", "rb"),`]),
    ...entries
      .filter(([name]) => !extras.has(name))
      .map(([name, value]) => `${name}=${toPythonValue(value)},`),
    ...(extra.length === 0 ? [] : [`extra_body={${extra.map(toPythonEntry).join(', ')}},`]),
  ]
  return `from openai import OpenAI

# The key is read from OPENAI_API_KEY.
client = OpenAI(base_url="${base}")
answer = client.images.${isEdit ? 'edit' : 'generate'}(
${indent(lines, 4)}
)
for picture in answer.data:
    print(picture.url)
`
}

function sourceNames({ sources }: Order): readonly string[] {
  return sources.map((_, index) => `picture-${index + 1}.png`)
}
