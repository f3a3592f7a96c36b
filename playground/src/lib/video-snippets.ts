import { toVideoFields, toVideoFiles, videoPath } from '../api/video-request.ts'
import type { Order } from '../state/work.ts'
import { indent, quoteShell, toPythonEntry, toPythonValue, type SnippetLanguage } from './code.ts'

/** Arguments that the official clients have; what else is sent goes into `extra_body`. */
const ARGUMENTS = {
  create: ['model', 'prompt', 'seconds', 'size'],
  remix: ['prompt'],
  edit: ['prompt'],
  extend: ['prompt', 'seconds'],
} as const

/**
 * The order of a video as code to copy: it waits for the video and saves it.
 *
 * @param base the gateway's address with `/v1`
 */
export function toVideoSnippet(language: SnippetLanguage, order: Order, base: string): string {
  switch (language) {
    case 'curl':
      return toCurl(order, base)
    case 'JavaScript':
      return toJavaScript(order, base)
    case 'Python':
      return toPython(order, base)
  }
}

function toCurl(order: Order, base: string): string {
  const { video } = order
  const fields = toVideoFields(order)
  const files = filesOf(order)
  const named = video === undefined || video.how === 'remix' ? {} : { video: { id: video.id } }
  const body =
    files.length === 0
      ? [
          `-H 'Content-Type: application/json'`,
          `-d ${quoteShell(JSON.stringify({ ...fields, ...named }, undefined, 2))}`,
        ]
      : [
          ...files.map(({ field, file }) => `-F '${field}=@${file}'`),
          // `--form-string`: a value that begins with @ or < is no file.
          ...Object.entries(fields).map(
            ([name, value]) => `--form-string ${quoteShell(`${name}=${value}`)}`,
          ),
        ]
  const lines = [`curl -s ${base}${videoPath(order)}`, '-H "$key"', ...body]
  return `key="Authorization: Bearer $OPENAI_API_KEY"
id=$(${lines.join(' \\\n  ')} |
  sed -n 's/.*"id":"\\(video_[^"]*\\)".*/\\1/p')
until curl -s "${base}/videos/$id" -H "$key" | grep -qE '"status":"(completed|failed)"'; do
  sleep 2
done
curl -sf "${base}/videos/$id/content" -H "$key" -o video.mp4
`
}

function toJavaScript(order: Order, base: string): string {
  const { video } = order
  const files = filesOf(order)
  const entries = Object.entries(toVideoFields(order))
  const lines = [
    ...(video === undefined || video.how === 'remix' ? [] : [`video: { id: '${video.id}' },`]),
    ...grouped(files, (file) => `fs.createReadStream('${file}')`).map(
      ([field, value]) => `${field}: ${value},`,
    ),
    ...entries.map(([name, value]) => `${name}: ${JSON.stringify(value)},`),
  ]
  const first = video?.how === 'remix' ? `'${video.id}', ` : ''
  return `import fs from 'node:fs'
import OpenAI from 'openai'

// The key is read from OPENAI_API_KEY.
const openai = new OpenAI({ baseURL: '${base}' })
let video = await openai.videos.${methodOf(order)}(${first}{
${indent(lines, 2)}
})
while (video.status === 'queued' || video.status === 'in_progress') {
  await new Promise((resolve) => setTimeout(resolve, 2000))
  video = await openai.videos.retrieve(video.id)
}
if (video.error) throw new Error(video.error.message)
const content = await openai.videos.downloadContent(video.id)
fs.writeFileSync('video.mp4', Buffer.from(await content.arrayBuffer()))
`
}

function toPython(order: Order, base: string): string {
  const { video } = order
  const method = methodOf(order)
  const files = filesOf(order)
  const [only, ...more] = files.filter(({ field }) => field === 'input_reference')
  const uploads = grouped(
    files.filter((file) => file !== only || more.length > 0),
    (file) => `upload("${file}")`,
  )
  const given = { ...neededBy(method), ...toVideoFields(order) }
  const own = new Set<string>(ARGUMENTS[method])
  const extra = [
    ...Object.entries(given)
      .filter(([name]) => !own.has(name))
      .map(toPythonEntry),
    ...uploads.map(([field, value]) => `"${field}": ${value}`),
  ]
  const lines = [
    ...(method === 'create'
      ? []
      : [video?.how === 'remix' ? `"${video.id}",` : `video={"id": "${video?.id ?? ''}"},`]),
    ...(only === undefined ? [] : [`input_reference=open("${only.file}", "rb"),`]),
    ...Object.entries(given)
      .filter(([name]) => own.has(name))
      .map(([name, value]) => `${name}=${toPythonValue(value)},`),
    ...(extra.length === 0 ? [] : [`extra_body={${extra.join(', ')}},`]),
  ]
  return `import time

from openai import OpenAI

# The key is read from OPENAI_API_KEY.
client = OpenAI(base_url="${base}")
${uploads.length === 0 ? '' : UPLOAD}video = client.videos.${method}(
${indent(lines, 4)}
)
while video.status in ("queued", "in_progress"):
    time.sleep(2)
    video = client.videos.retrieve(video.id)
if video.error:
    raise SystemExit(video.error.message)
client.videos.download_content(video.id).write_to_file("video.mp4")
`
}

/** The client for Python sends one file with a video; what else there is goes there by itself. */
const UPLOAD = `

def upload(name):
    return {"file_id": client.files.create(file=open(name, "rb"), purpose="vision").id}


`

/** What the client for Python does not leave out. */
function neededBy(method: keyof typeof ARGUMENTS): Readonly<Record<string, string>> {
  return { prompt: '', ...(method === 'extend' && { seconds: 'auto' }) }
}

function methodOf({ video }: Order): keyof typeof ARGUMENTS {
  return video?.how ?? 'create'
}

/** A file of the code, beside which it lies. */
interface CodeFile {
  readonly field: string
  readonly file: string
}

function filesOf(order: Order): readonly CodeFile[] {
  return toVideoFiles(order).map(({ field, name }) => ({ field, file: `${name}.png` }))
}

/** The files of each field: one, or a list. */
function grouped(
  files: readonly CodeFile[],
  open: (file: string) => string,
): readonly (readonly [string, string])[] {
  const fields = Map.groupBy(files, ({ field }) => field)
  return [...fields].map(([field, all]) => {
    const opened = all.map(({ file }) => open(file))
    const isList = field.endsWith('[]')
    return [field.replace('[]', ''), isList ? `[${opened.join(', ')}]` : opened.join('')]
  })
}
