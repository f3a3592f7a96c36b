import type { EndpointSchema, SchemaField } from '../../schema/endpoint-schema.ts'
import { soleText, toFurtherFields, toPromptFacts } from '../../schema/field-facts.ts'
import type { VideoEndpointSpec, VideoWork } from '../video-spec.ts'
import { inferInputs } from './infer-inputs.ts'
import { inferLook } from './infer-look.ts'
import { inferDuration, inferFps } from './infer-time.ts'

/** What is made beside the video, or where its address stands. */
const VIDEO = /^(?:videos?|video_url)$/

/** Whether an endpoint gives back a video. */
export function isVideoSchema({ output }: Pick<EndpointSchema, 'output'>): boolean {
  return output.some((name) => VIDEO.test(name))
}

/** Makes of an endpoint's schema the same facts that a curated model states. */
export function inferVideoSpec({ id, fields }: EndpointSchema): VideoEndpointSpec {
  const prompt =
    fields.find(({ name }) => name === 'prompt') ?? soleText(fields, (name) => TEXT.test(name))
  const inputs = inferInputs(fields)
  const fps = inferFps(fields)
  const duration = inferDuration(id, fields, fps)
  const sound = inferSound(fields)
  const said = {
    ...(duration && { duration }),
    ...inferLook(fields),
    ...(fps && { fps }),
    ...(sound && { sound }),
  }
  const taken = new Set([
    ...Object.values(said).map(({ field }) => field),
    ...(prompt === undefined ? [] : [prompt.name]),
    // Videos travel by URL.
    'sync_mode',
  ])
  const slots = new Set(Object.values(inputs).map(({ field }) => field))
  // An input that may be left out may also be sent as the field that it is.
  const others = fields.filter(
    ({ name, required }) => !taken.has(name) && !(required && slots.has(name)),
  )
  return {
    id,
    work: workOf(id, inputs),
    ...toPromptFacts(prompt),
    ...said,
    inputs,
    ...toFurtherFields(others),
  }
}

function workOf(id: string, { video }: VideoEndpointSpec['inputs']): VideoWork {
  if (video?.required !== true) return 'make'
  return /extend|extension/.test(id) ? 'extend' : 'edit'
}

const SOUND_FIELDS = new Set([
  'generate_audio',
  'generate_audio_switch',
  'enable_audio',
  'with_audio',
  'audio',
])

function inferSound(fields: readonly SchemaField[]): VideoEndpointSpec['sound'] {
  const field = fields.find(({ name, type }) => SOUND_FIELDS.has(name) && type === 'boolean')
  if (field === undefined) return undefined
  const usual = field.default
  return { field: field.name, ...(typeof usual === 'boolean' && { default: usual }) }
}

/** Where an endpoint without `prompt` takes its words. */
const TEXT = /^(?:text|text_prompt|text_input|script|instruction)$/
