import { measureSound, readSoundFacts } from '../../media/sound/sound-facts.ts'
import { dropFaults } from '../../queue/faults.ts'
import type { OwnFile, OwnFiles } from '../own-files.ts'
import type { SoundSource } from './sound-plan.ts'

/** What is heard in everything that was not spoken here. */
const STATED_TEXT = 'The pretend fal cannot hear. These are the words that it hears in every sound.'
const SECONDS_PER_WORD = 0.4

function guessSeconds(text: string): number {
  return 0.5 + text.split(/\s+/).length * SECONDS_PER_WORD
}

/** Reads a sound; `undefined` when the file is none. */
export async function readSound(file: OwnFile, own: OwnFiles): Promise<SoundSource | undefined> {
  if ('item' in file) {
    const { spec } = file.item
    if (spec.kind === 'video') return { text: STATED_TEXT, seconds: spec.seconds }
    if (spec.kind !== 'sound') return undefined
    const bytes = await own.render(spec)
    const seconds = measureSound(spec, bytes)
    return { text: dropFaults(spec.text), seconds, content: spec.content }
  }
  const facts = readSoundFacts(file.bytes)
  if (!facts) return undefined
  const text = dropFaults(facts.text ?? STATED_TEXT)
  return { text, seconds: facts.seconds ?? guessSeconds(text) }
}

/** A sound that lies elsewhere on the web. */
export const UNHEARD: SoundSource = { text: STATED_TEXT, seconds: guessSeconds(STATED_TEXT) }
