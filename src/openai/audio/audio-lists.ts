import type { JsonObject } from '../../lib/json.ts'

/** `GET /v1/audio/voices`, as Open WebUI fills its menu. */
export function toVoiceList(voices: readonly string[]): JsonObject {
  return { voices: voices.map((id) => ({ id, name: id })) }
}

/** `GET /v1/audio/models`, as Open WebUI fills its menu. */
export function toAudioModelList(names: readonly string[]): JsonObject {
  return { models: names.map((id) => ({ id, name: id })) }
}
