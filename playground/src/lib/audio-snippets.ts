import { toSpeechFields, toTranscriptFields } from '../api/audio-request.ts'
import type { Order } from '../state/works/work.ts'
import { indent, quoteShell, toPythonValue, type SnippetLanguage } from './code.ts'

/**
 * The order of speech as code to copy: it saves the sound.
 *
 * @param base the gateway's address with `/v1`
 */
export function toSpeechSnippet(language: SnippetLanguage, order: Order, base: string): string {
  const fields = toSpeechFields(order)
  const file = `speech.${order.format === '' ? 'mp3' : order.format}`
  switch (language) {
    case 'curl':
      return [
        `curl -sf ${base}/audio/speech`,
        `-H "Authorization: Bearer $OPENAI_API_KEY"`,
        `-H 'Content-Type: application/json'`,
        `-d ${quoteShell(JSON.stringify(fields, undefined, 2))}`,
        `-o ${file}`,
      ].join(' \\\n  ')
    case 'JavaScript':
      return `${jsClient(base)}
const speech = await openai.audio.speech.create({
${jsFields(fields)}
})
fs.writeFileSync('${file}', Buffer.from(await speech.arrayBuffer()))
`
    case 'Python':
      // The client does not leave out a voice; an empty one is the model's own.
      return `${pythonClient(base)}
with client.audio.speech.with_streaming_response.create(
${pythonFields({ voice: '', ...fields })}
) as speech:
    speech.stream_to_file("${file}")
`
  }
}

/** The order of a transcript as code to copy: it prints the text. */
export function toTranscriptSnippet(language: SnippetLanguage, order: Order, base: string): string {
  const fields = toTranscriptFields(order)
  const file = `recording.${/\.(\w+)$/.exec(order.recording?.name ?? '')?.[1] ?? 'mp3'}`
  switch (language) {
    case 'curl':
      return [
        `curl -sf ${base}/audio/transcriptions`,
        `-H "Authorization: Bearer $OPENAI_API_KEY"`,
        `-F file=@${file}`,
        ...Object.entries(fields).map(
          ([name, value]) => `--form-string ${quoteShell(`${name}=${value}`)}`,
        ),
      ].join(' \\\n  ')
    case 'JavaScript':
      return `${jsClient(base)}
const transcript = await openai.audio.transcriptions.create({
  file: fs.createReadStream('${file}'),
${jsFields(fields)}
})
console.log(transcript.text)
`
    case 'Python':
      return `${pythonClient(base)}
transcript = client.audio.transcriptions.create(
    file=open("${file}", "rb"),
${pythonFields(fields)}
)
print(transcript.text)
`
  }
}

type Fields = ReturnType<typeof toSpeechFields>

function jsClient(base: string): string {
  return `import fs from 'node:fs'
import OpenAI from 'openai'

// The key is read from OPENAI_API_KEY.
const openai = new OpenAI({ baseURL: '${base}' })`
}

function pythonClient(base: string): string {
  return `from openai import OpenAI

# The key is read from OPENAI_API_KEY.
client = OpenAI(base_url="${base}")`
}

function jsFields(fields: Fields): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)},`)
  return indent(lines, 2)
}

function pythonFields(fields: Fields): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${toPythonValue(value)},`)
  return indent(lines, 4)
}
