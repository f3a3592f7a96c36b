import type { Price } from './price.ts'

const characters = (unit_price: number): Price => ({ unit_price, unit: '1000 characters' })
const minute = (unit_price: number): Price => ({ unit_price, unit: 'minutes' })
const second = (unit_price: number): Price => ({ unit_price, unit: 'seconds' })
const each = (unit_price: number): Price => ({ unit_price, unit: 'audios' })

/** Public prices of sound and speech endpoints in the second half of 2026, in USD. */
export const soundPrices: readonly (readonly [RegExp, Price])[] = [
  [/elevenlabs\/speech-to-text\/scribe-v2/, minute(0.008)],
  [/elevenlabs\/speech-to-text/, minute(0.03)],
  [/wizper|fal-ai\/whisper/, minute(0.0005)],
  [/fal-ai\/speech-to-text/, minute(0.0008)],
  [/elevenlabs\/sound-effects/, second(0.002)],
  [/elevenlabs\/music/, minute(0.8)],
  [/elevenlabs\/tts\/turbo/, characters(0.05)],
  [/elevenlabs\/(tts|text-to-dialogue)/, characters(0.1)],
  [/elevenlabs\/(voice-changer|audio-isolation)/, minute(0.3)],
  [/kokoro/, characters(0.02)],
  [/xai\/tts/, characters(0.0042)],
  [/minimax\/(preview\/)?speech.*turbo/, characters(0.06)],
  [/minimax\/(preview\/)?speech/, characters(0.1)],
  [/gemini.*-tts/, characters(0.15)],
  [/chatterbox/, characters(0.025)],
  [/dia-tts/, characters(0.04)],
  [/minimax-music/, each(0.035)],
  [/lyria|stable-audio|ace-step|diffrhythm|yue|sonauto|sfx|music/i, each(0.1)],
  [/cassetteai/i, minute(0.02)],
]
