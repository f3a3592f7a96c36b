import { toFile, type OpenAI } from 'openai'
import { expect } from 'vitest'

import type { ChaosOrder } from './chaos-orders.ts'

/** A tenth of a second in which there is nothing to hear. */
function aSilence(): Uint8Array<ArrayBuffer> {
  const samples = 1600
  const wav = new Uint8Array(44 + samples * 2)
  const view = new DataView(wav.buffer)
  wav.set(new TextEncoder().encode('RIFF____WAVEfmt '))
  view.setUint32(4, wav.byteLength - 8, true)
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, 16_000, true)
  view.setUint32(28, 32_000, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  wav.set(new TextEncoder().encode('data'), 36)
  view.setUint32(40, samples * 2, true)
  return wav
}

/** What a client of sound does: has something spoken or written down, whole or in events. */
export async function askForSound(order: ChaosOrder, client: OpenAI): Promise<void> {
  const { sound, way } = order
  if (sound === 'speech') await speak(order, client, way === 'stream' || way === 'chat')
  else await write(order, client, way === 'stream' || way === 'chat')
}

/** The endpoints of these two models take the text in a field `prompt`, by which an order is told. */
const [SPEAKER, WRITER] = ['kokoro', 'fal-ai/whisper'] as const

async function speak(
  { prompt, got, index }: ChaosOrder,
  client: OpenAI,
  isStream: boolean,
): Promise<void> {
  const response = await client.audio.speech.create({
    model: SPEAKER,
    voice: 'alloy',
    input: prompt,
    ...(isStream && { stream_format: 'sse' as const }),
  })
  const sound = await response.arrayBuffer()
  const isWhole = !isStream || Buffer.from(sound).includes('speech.audio.done')
  if (isWhole) got.push([`sound ${index}`])
}

async function write(
  { prompt, got, index }: ChaosOrder,
  client: OpenAI,
  isStream: boolean,
): Promise<void> {
  const file = await toFile(aSilence(), 'silence.wav')
  const wish = { file, model: WRITER, prompt }
  if (!isStream) await client.audio.transcriptions.create(wish)
  else {
    const events = await client.audio.transcriptions.create({ ...wish, stream: true })
    for await (const event of events) expect(event.type).toMatch(/^transcript/)
  }
  got.push([`transcript ${index}`])
}

/** Some of each must have been paid for, or nothing was shown. */
export function expectSounds(
  planned: readonly ChaosOrder[],
  paid: ReadonlyMap<string, readonly unknown[]>,
): void {
  const ofKind = (kind: ChaosOrder['sound']): readonly ChaosOrder[] =>
    planned.filter(({ sound }) => sound === kind)
  for (const kind of ['speech', 'transcript'] as const) {
    const orders = ofKind(kind)
    const made = orders.filter(({ prompt }) => paid.has(prompt))
    const delivered = orders.filter(({ got }) => got.length > 0)
    process.stdout.write(
      `chaos: ${orders.length} of ${kind}, ${made.length} paid, ${delivered.length} delivered\n`,
    )
    expect(made.length).toBeGreaterThan(0)
  }
}
