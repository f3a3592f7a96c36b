import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import createEspeak from 'espeak-ng'

import type { Speech } from '../media-spec.ts'
import { readWav, type Pcm } from './wav.ts'

/** Words a minute at speed 1; espeak-ng's own default. */
const USUAL_RATE = 175
/** What espeak-ng can do: slower than 80 or faster than 450 words a minute it cannot. */
const RATES = { least: 80, most: 450 }
/** More would be minutes of speech. */
const MAX_SPOKEN = 2000

/** 18 MB, most of it voices. */
async function compile(): Promise<WebAssembly.Module> {
  const file = fileURLToPath(import.meta.resolve('espeak-ng').replace(/\.js$/, '.wasm'))
  return WebAssembly.compile(await readFile(file))
}

const TEXT_FILE = 'text.txt'
const SOUND_FILE = 'sound.wav'

interface Wish {
  readonly text: string
  readonly voice: string
  /** Words a minute. */
  readonly rate: number
}

async function run(
  module: WebAssembly.Module,
  { text, voice, rate }: Wish,
): Promise<Buffer | undefined> {
  const espeak = await createEspeak({
    // From a file: a text that begins with a dash would be an option.
    arguments: ['-b', '1', '-w', SOUND_FILE, '-v', voice, '-s', `${rate}`, '-f', TEXT_FILE],
    preRun: [({ FS }) => FS.writeFile(TEXT_FILE, text)],
    print: () => undefined,
    printErr: () => undefined,
    instantiateWasm(imports, done) {
      const start = async () => done(await WebAssembly.instantiate(module, imports), module)
      void start()
      return {}
    },
  })
  try {
    return Buffer.from(espeak.FS.readFile(SOUND_FILE))
  } catch {
    // It writes no file for a voice that it does not have.
    return undefined
  }
}

/** Says a text, in English when there is no voice for the language. */
export type Speak = (text: string, speech: Speech) => Promise<Pcm>

/** What was said lately: the same words are often wanted in another format. */
const MAX_KEPT = 16

/** A speaker that is loaded with its first sentence. Each one runs the program anew, from its main to its end. */
export function createSpeaker(): Speak {
  let module: Promise<WebAssembly.Module> | undefined
  const said = new Map<string, Pcm>()
  const say = async (text: string, voice: string, rate: number): Promise<Pcm> => {
    module ??= compile()
    const compiled = await module
    const wish = { text, rate }
    const wav =
      (await run(compiled, { ...wish, voice })) ??
      (await run(compiled, { ...wish, voice: 'en-us' }))
    if (!wav) throw new Error('espeak-ng said nothing')
    return readWav(wav)
  }
  return async (text, { language, timbre, speed }) => {
    const rate = Math.round(Math.min(RATES.most, Math.max(RATES.least, USUAL_RATE * speed)))
    const spoken = text.slice(0, MAX_SPOKEN)
    const voice = `${language}+${timbre}`
    const key = `${voice} ${rate} ${spoken}`
    const pcm = said.get(key) ?? (await say(spoken, voice, rate))
    said.set(key, pcm)
    const [oldest] = said.keys()
    if (said.size > MAX_KEPT && oldest !== undefined) said.delete(oldest)
    return pcm
  }
}
