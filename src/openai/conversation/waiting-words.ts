import type { MediumName } from '../../job/any-result.ts'
import type { JobEvent } from '../../job/running-job.ts'

/** Words for the wait, in the language of the prompt. */
export interface WaitingWords {
  /** What is being done. */
  readonly making: string
  toProgress(event: JobEvent): string | undefined
  elapsed(seconds: number): string
}

const MAKING: Readonly<Record<MediumName, { readonly english: string; readonly chinese: string }>> =
  {
    image: { english: 'Making your picture…', chinese: '正在生成图片…' },
    video: { english: 'Making your video…', chinese: '正在生成视频…' },
    speech: { english: 'Making the sound…', chinese: '正在生成音频…' },
    transcript: { english: 'Listening…', chinese: '正在听写…' },
  }

/** Chinese for a prompt with Chinese characters, else English. */
export function waitingWords(prompt: string, medium: MediumName = 'image'): WaitingWords {
  const { english, chinese } = MAKING[medium]
  return /\p{Script=Han}/u.test(prompt)
    ? { making: `${chinese}\n\n`, ...CHINESE }
    : { making: `${english}\n\n`, ...ENGLISH }
}

const ENGLISH: Omit<WaitingWords, 'making'> = {
  toProgress(event) {
    if (event.type === 'started') return 'Started.\n'
    if (event.type !== 'queued' || event.position === undefined) return undefined
    return `In the queue, position ${event.position + 1}.\n`
  },
  elapsed: (seconds) => `${seconds} s so far.\n`,
}

const CHINESE: Omit<WaitingWords, 'making'> = {
  toProgress(event) {
    if (event.type === 'started') return '开始生成。\n'
    if (event.type !== 'queued' || event.position === undefined) return undefined
    return `排队中，第 ${event.position + 1} 位。\n`
  },
  elapsed: (seconds) => `已用 ${seconds} 秒。\n`,
}
