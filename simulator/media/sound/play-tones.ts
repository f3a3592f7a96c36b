import { createHash } from 'node:crypto'

import type { SoundSpec } from '../media-spec.ts'
import type { Pcm } from './wav.ts'

/** Half a second each. */
const NOTE_SECONDS = 0.5
const LOUDNESS = 8000
/** A pentatonic scale on A3: every sequence of these sounds agreeable. */
const SCALE = [220, 247.5, 275, 330, 366.7, 440, 495, 550]

/** A simple tune that the text and the seed make. */
export function playTones(spec: SoundSpec, seconds: number): Pcm {
  const { text, seed, index, sampleRate } = spec
  const notes = createHash('sha256').update(`${text}\u0000${seed}\u0000${index}`).digest()
  const samples = new Int16Array(Math.round(seconds * sampleRate))
  const noteLength = NOTE_SECONDS * sampleRate
  for (let at = 0; at < samples.length; at += 1) {
    const note = notes[Math.floor(at / noteLength) % notes.length] ?? 0
    const pitch = SCALE[note % SCALE.length] ?? 440
    // Each note fades, so that none of them clicks.
    const fading = 1 - (at % noteLength) / noteLength
    const wave = Math.sin((2 * Math.PI * pitch * at) / sampleRate)
    samples[at] = Math.round(LOUDNESS * fading * wave)
  }
  return { samples, sampleRate }
}
