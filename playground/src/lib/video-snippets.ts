import { toVideoFields, toVideoFiles, videoPath } from '../api/video-request.ts'
import type { Order } from '../state/works/work.ts'
import { indent, quoteShell, toPythonEntry, toPythonValue, type SnippetLanguage } from './code.ts'

/** Arguments that the client for Python has; what else is sent goes into `extra_body`. */
const ARGUMENTS: ReadonlySet<string> = new Set(['model', 'prompt', 'seconds', 'size'])
/** The same, where a video is worked on. */
const WORK_ARGUMENTS: ReadonlySet<string> = new Set(['prompt', 'seconds'])

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
  const fields = toVideoFields(order)
  const files = filesOf(order)
  const id = namedId(order)
  const named = id === undefined ? {} : { video: { id } }
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
  const id = namedId(order)
  const files = filesOf(order)
  const entries = Object.entries(toVideoFields(order))
  const lines = [
    ...(id === undefined ? [] : [`video: { id: '${id}' },`]),
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
  const isByHand = namedId(order) !== undefined
  const files = pythonFiles(order)
  const ordered = isByHand ? pythonPost(order) : pythonCall(order, files)
  return `import time

from openai import OpenAI
${isByHand ? 'from openai.types import Video\n' : ''}
# The key is read from OPENAI_API_KEY.
client = OpenAI(base_url="${base}")
${files.uploads.length === 0 ? '' : UPLOAD}video = ${ordered}
while video.status in ("queued", "in_progress"):
    time.sleep(2)
    video = client.videos.retrieve(video.id)
if video.error:
    raise SystemExit(video.error.message)
client.videos.download_content(video.id).write_to_file("video.mp4")
`
}

/** The client for Python takes a video of which only the id is sent nowhere. */
function pythonPost(order: Order): string {
  const entries = Object.entries(toVideoFields(order)).map(toPythonEntry)
  const body = [...entries, `"video": {"id": "${order.video?.id ?? ''}"}`].join(', ')
  return `client.post("${videoPath(order)}", cast_to=Video, body={${body}})`
}

/** The file that the client has an argument for, and those that it has none for. */
interface PythonFiles {
  readonly only: CodeFile | undefined
  readonly uploads: readonly (readonly [string, string])[]
}

function pythonFiles(order: Order): PythonFiles {
  const files = filesOf(order)
  const [first, ...more] = files.filter(({ field }) => /^(?:input_reference|video)/.test(field))
  const only = more.length === 0 ? first : undefined
  const others = files.filter((file) => file !== only)
  return { only, uploads: grouped(others, (file) => `upload("${file}")`) }
}

function pythonCall(order: Order, { only, uploads }: PythonFiles): string {
  const { video } = order
  const method = methodOf(order)
  const known = video === undefined ? ARGUMENTS : WORK_ARGUMENTS
  // The client does not leave a prompt out.
  const given = Object.entries({ prompt: '', ...toVideoFields(order) })
  const extra = [
    ...given.filter(([name]) => !known.has(name)).map(toPythonEntry),
    ...uploads.map(([field, value]) => `"${field}": ${value}`),
  ]
  const lines = [
    ...(video?.how === 'remix' ? [`"${video.id}",`] : []),
    ...(only === undefined ? [] : [`${only.field}=open("${only.file}", "rb"),`]),
    ...given
      .filter(([name]) => known.has(name))
      .map(([name, value]) => `${name}=${toPythonValue(value)},`),
    ...(extra.length === 0 ? [] : [`extra_body={${extra.join(', ')}},`]),
  ]
  return `client.videos.${method}(\n${indent(lines, 4)}\n)`
}

/** The client for Python sends one file with a video; what else there is goes there by itself. */
const UPLOAD = `

def upload(name):
    return {"file_id": client.files.create(file=open(name, "rb"), purpose="vision").id}


`

function methodOf({ video }: Order): 'create' | 'remix' | 'edit' | 'extend' {
  return video?.how ?? 'create'
}

/** A file of the code, beside which it lies. */
interface CodeFile {
  readonly field: string
  readonly file: string
}

function filesOf(order: Order): readonly CodeFile[] {
  return toVideoFiles(order).map(({ field, name }) => ({
    field,
    file: `${name}.${field === 'video' ? 'mp4' : 'png'}`,
  }))
}

/** The id of the video that is named in the body: a remix has it in its path, a file has none. */
function namedId({ video }: Order): string | undefined {
  return video === undefined || video.how === 'remix' || video.file !== undefined
    ? undefined
    : video.id
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
