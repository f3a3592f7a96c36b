import { firstOf, furtherFields, wordsOf } from '../audio/infer-fields.ts'
import type { EndpointSchema, SchemaField } from '../schema/endpoint-schema.ts'
import type { LanguageRule, TranscriptModel, TranscriptSpec } from './transcript-spec.ts'

const WORDS_OUT = new Set(['text', 'output', 'transcription', 'transcript'])
const AUDIO_IN = ['audio_url', 'audio']

/** Makes of an endpoint's schema the facts that a curated model states; undefined: it writes nothing down. */
export function inferTranscript(schema: EndpointSchema): TranscriptSpec | undefined {
  const { output } = schema
  const audio = firstOf(schema, AUDIO_IN, ({ type }) => type === 'string')
  const writes = output.some((name) => WORDS_OUT.has(name))
  if (audio === undefined || !audio.required || !writes) return undefined
  if (output.some((name) => /audio|video|image/.test(name))) return undefined
  // A router asks which model is to listen, and has no field for it but the one that named the router.
  if (schema.fields.some(({ name, required }) => name === 'model' && required)) return undefined
  return toSpec(schema, audio.name)
}

function toSpec(schema: EndpointSchema, audio: string): TranscriptSpec {
  const language = firstOf(schema, ['language', 'language_code'], isText)
  const task = firstOf(schema, ['task'])
  const translate = wordsOf(task).find((word) => word === 'translate')
  const speakers = firstOf(schema, ['diarize'])?.name
  const keywords = firstOf(schema, ['keyterms', 'keywords'], ({ type }) => type === 'array')?.name
  const prompt = firstOf(schema, ['prompt'], isText)
  const taken = [audio, language?.name, speakers, keywords, prompt?.name]
  return {
    id: schema.id,
    audio,
    ...(language !== undefined && { language: toLanguage(language) }),
    ...(task !== undefined && translate !== undefined && { translate: toTask(task, translate) }),
    ...(speakers !== undefined && { speakers }),
    ...(keywords !== undefined && { keywords: { field: keywords } }),
    ...(prompt !== undefined && { prompt: toPrompt(prompt) }),
    times: timesOf(schema),
    ...withPrompt(furtherFields(schema, taken), prompt),
  }
}

function isText({ type }: SchemaField): boolean {
  return type === 'string'
}

function toTask({ name }: SchemaField, value: string): NonNullable<TranscriptSpec['translate']> {
  return { field: name, value }
}

function toPrompt({ name, required }: SchemaField): NonNullable<TranscriptSpec['prompt']> {
  return { field: name, ...(required && { required: true as const }) }
}

/** An endpoint that must be told what to do with the recording is told by the caller. */
function withPrompt(
  facts: Pick<TranscriptSpec, 'fields' | 'checks' | 'required'>,
  prompt: SchemaField | undefined,
): Pick<TranscriptSpec, 'fields' | 'checks' | 'required'> {
  if (prompt?.required !== true) return facts
  return {
    ...facts,
    fields: [...facts.fields, prompt.name],
    required: [...(facts.required ?? []), prompt.name],
  }
}

function toLanguage(field: SchemaField): LanguageRule {
  const values = wordsOf(field)
  const auto = values.find((word) => word.toLowerCase() === 'auto')
  return {
    field: field.name,
    ...(values.length > 0 && { values }),
    ...(auto !== undefined && { default: auto }),
  }
}

function timesOf({ output }: EndpointSchema): TranscriptSpec['times'] {
  if (output.includes('words')) return 'words'
  return output.includes('chunks') || output.includes('segments') ? 'segments' : 'none'
}

/** The model that an endpoint is which no family names. */
export function toTranscriptModel(spec: TranscriptSpec): TranscriptModel {
  return {
    medium: 'transcript',
    names: [spec.id],
    owner: spec.id.split('/')[0] ?? 'fal-ai',
    transcribe: spec,
  }
}
