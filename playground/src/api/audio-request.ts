import type { ExtraValue, Order } from '../state/works/work.ts'
import type { TranscriptModel } from './models.ts'

type Fields = Readonly<Record<string, ExtraValue>>

/** What is asked of a model that speaks. */
export function toSpeechFields(order: Order): Fields {
  const speed = Number(order.speed)
  return {
    model: order.model,
    input: order.prompt.trim(),
    ...(order.voice !== '' && { voice: order.voice }),
    ...(order.format !== '' && { response_format: order.format }),
    ...(speed > 0 && { speed }),
  }
}

/** What is asked of a model that writes down, without the recording. */
export function toTranscriptFields({ model, format }: Order): Fields {
  return { model, response_format: format === '' ? 'json' : format }
}

/** In what a transcript is to be answered: with times, where the model tells any. */
export function transcriptFormat({ timestamps }: TranscriptModel): string {
  return timestamps === 'none' ? 'json' : 'verbose_json'
}

/** The request that an order of sound or of a transcript becomes. */
export function toAudioRequest(order: Order): {
  readonly path: string
  readonly init: RequestInit
} {
  const { medium, recording } = order
  if (medium === 'speech') {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify(toSpeechFields(order))
    return { path: '/audio/speech', init: { method: 'POST', headers, body } }
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(toTranscriptFields(order))) {
    form.set(name, String(value))
  }
  if (recording !== undefined) form.set('file', recording)
  return { path: '/audio/transcriptions', init: { method: 'POST', body: form } }
}
