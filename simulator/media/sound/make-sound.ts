import { createMp3Encoder, createOggEncoder } from 'wasm-media-encoders'

import type { SoundSpec } from '../media-spec.ts'
import { writeFlac } from './flac.ts'
import { toId3 } from './id3.ts'
import { playTones } from './play-tones.ts'
import type { Speak } from './speak.ts'
import { toBytes, writeWav, type Pcm } from './wav.ts'

/** Linear interpolation: good enough to be understood. */
function resample(pcm: Pcm, sampleRate: number): Pcm {
  if (pcm.sampleRate === sampleRate) return pcm
  const step = pcm.sampleRate / sampleRate
  const samples = new Int16Array(Math.floor(pcm.samples.length / step))
  for (let index = 0; index < samples.length; index += 1) {
    const at = Math.floor(index * step)
    const [here = 0, next = here] = [pcm.samples[at], pcm.samples[at + 1]]
    samples[index] = Math.round(here + (next - here) * (index * step - at))
  }
  return { samples, sampleRate }
}

/** Shorter sounds are a click, and some players refuse them. */
const LEAST_SECONDS = 0.3

function lengthen({ samples, sampleRate }: Pcm): Pcm {
  const long = new Int16Array(Math.max(samples.length, Math.ceil(sampleRate * LEAST_SECONDS)))
  long.set(samples)
  return { samples: long, sampleRate }
}

const toFloats = ({ samples }: Pcm): Float32Array =>
  Float32Array.from(samples, (sample) => sample / 32_768)

interface Encoder {
  encode(samples: [Float32Array]): Uint8Array
  finalize(): Uint8Array
}

function encodeAll(encoder: Encoder, pcm: Pcm): Buffer {
  // The encoder gives back its own memory, which it uses again: copied at once.
  const body = Buffer.from(encoder.encode([toFloats(pcm)]))
  return Buffer.concat([body, encoder.finalize()])
}

async function toMp3(pcm: Pcm, { bitrate, text }: SoundSpec): Promise<Buffer> {
  const encoder = await createMp3Encoder()
  encoder.configure({ sampleRate: pcm.sampleRate, channels: 1, bitrate })
  return Buffer.concat([toId3(text), encodeAll(encoder, pcm)])
}

async function toOgg(pcm: Pcm): Promise<Buffer> {
  const encoder = await createOggEncoder()
  encoder.configure({ sampleRate: pcm.sampleRate, channels: 1, vbrQuality: 3 })
  return encodeAll(encoder, pcm)
}

/** Makes a real sound, spoken or played, in the format that was asked for; the text travels in it. */
export async function makeSound(spec: SoundSpec, speak: Speak): Promise<Buffer> {
  const { content, sampleRate, format, text } = spec
  const made =
    content.kind === 'speech' ? await speak(text, content) : playTones(spec, content.seconds)
  const pcm = lengthen(resample(made, sampleRate))
  switch (format) {
    case 'wav':
      return writeWav(pcm, text)
    case 'flac':
      return writeFlac(pcm, text)
    case 'mp3':
      return toMp3(pcm, spec)
    case 'ogg':
      return toOgg(pcm)
    case 'pcm':
      return toBytes(pcm)
  }
}
