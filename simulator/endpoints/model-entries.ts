import type { JsonObject } from '../json.ts'
import { isSpeaking } from '../model/sound/main-text.ts'
import type { Endpoint } from './endpoints.ts'
import { isStreaming } from './streaming-endpoints.ts'

function mediumOf(fields: readonly string[]): string {
  if (fields.some((field) => /^(images?|mask_image)$/.test(field))) return 'image'
  if (fields.some((field) => field.startsWith('video'))) return 'video'
  if (fields.some((field) => field.startsWith('audio'))) return 'audio'
  if (fields.some((field) => /mesh|glb|model_/.test(field))) return '3d'
  return 'text'
}

const TRANSCRIBING = /speech-to-text|whisper|wizper|transcri|asr/
const SAID_ANEW = /speech-to-speech|voice-changer/

/** fal's category, judged by the endpoint's fields: `text-to-image`, `image-to-video`, … */
export function categoryOf({ input, output, id }: Endpoint): string {
  const asks = Object.keys(input.properties ?? {})
  const needs = input.required ?? []
  if (id.includes('train')) return 'training'
  const source = (['video', 'audio', 'image'] as const).find((medium) =>
    [...needs, ...(needs.includes('prompt') ? [] : asks)].some((field) =>
      field.includes(`${medium}_url`),
    ),
  )
  const medium = mediumOf(Object.keys(output.properties ?? {}))
  if (medium === 'audio' && isSpeaking(id))
    return SAID_ANEW.test(id) ? 'speech-to-speech' : 'text-to-speech'
  if (source === 'audio' && medium === 'text' && TRANSCRIBING.test(id)) return 'speech-to-text'
  return `${source ?? 'text'}-to-${medium}`
}

function toName(id: string): string {
  const words = id
    .split('/')
    .slice(1)
    .join(' ')
    .split(/[-_ ]+/)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
}

/** One entry of `GET /v1/models`, without its OpenAPI document. */
export function toModelEntry(endpoint: Endpoint, status: 'active' | 'deprecated'): JsonObject {
  const { id } = endpoint
  return {
    endpoint_id: id,
    metadata: {
      display_name: toName(id),
      category: categoryOf(endpoint),
      description: `Pretended ${toName(id)}.`,
      status,
      tags: [],
      updated_at: '2026-08-02T00:00:00Z',
      is_favorited: false,
      thumbnail_url: `https://v3.fal.media/files/rabbit/${id.replaceAll('/', '-')}.jpg`,
      model_url: `https://fal.run/${id}`,
      date: '2026-04-07T00:00:00Z',
      highlighted: false,
      pinned: false,
      kind: 'inference',
      ...(isStreaming(id) && { stream_url: `https://fal.run/${id}/stream` }),
      duration_estimate: 0.1,
    },
  }
}
