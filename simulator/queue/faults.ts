import type { IncomingHttpHeaders } from 'node:http'

import { modelErrors } from '../model/model-errors.ts'
import { readByteCount, readDuration } from '../units.ts'
import { infrastructureErrors } from './infrastructure-errors.ts'

/** What a fault takes: one of these words, or what is of a kind. */
interface Values {
  readonly words: readonly string[]
  readonly fits?: (value: string) => boolean
}

const ofKind = (fits: (value: string) => boolean): Values => ({ words: [], fits })
const duration = ofKind((value) => readDuration(value) !== undefined)
const count = ofKind((value) => /^\d+$/.test(value))
const url = ofKind((value) => URL.canParse(value))
const oneOf = (...words: readonly string[]): Values => ({ words })
const nothing = oneOf('')
const failureOr = (...words: readonly string[]): Values => ({
  words,
  fits: (value) => /^[45]\d\d$/.test(value),
})

/** Every fault word and the values that it takes. README.md tells what each one does. */
export const FAULTS = {
  queue: duration,
  run: duration,
  position: count,
  forget: duration,
  fail: ofKind((value) => Object.hasOwn(modelErrors, value)),
  infra: ofKind((value) => Object.hasOwn(infrastructureErrors, value)),
  submit: oneOf('401', '403', '404', '429', '500', '502', '503', '504', 'cut-before', 'cut-after'),
  answer: duration,
  retired: nothing,
  status: failureOr(),
  stream: failureOr('refuse', 'drop', 'silent', 'no-ping'),
  result: failureOr('early', 'html', 'break'),
  cancel: failureOr('ignored'),
  nsfw: ofKind((value) => /^(\d+(,\d+)*)?$/.test(value)),
  images: count,
  shape: oneOf('image', 'images', 'video', 'videos', 'audio', 'audios'),
  'no-size': nothing,
  size: nothing,
  'big-seed': nothing,
  'bill-as': ofKind((value) => /^[\w.-]+(\/[\w.-]+)+$/.test(value)),
  'no-units': nothing,
  bytes: ofKind((value) => readByteCount(value) !== undefined),
  cdn: failureOr('slow', 'break', 'chunked'),
  urls: url,
  'media-urls': url,
  partials: count,
  prerender: nothing,
} satisfies Record<string, Values>

type FaultName = keyof typeof FAULTS

interface Fault {
  readonly name: FaultName
  readonly value: string
  readonly limit: number
  /** What counts the occurrences: the same prompt with the same fault. */
  readonly key: string
}

export interface Faults {
  /** The value of the fault when it strikes now (`''` for one without a value); counts as an occurrence. */
  take(name: FaultName): string | undefined
}

export interface FaultPlan {
  readonly faults: Faults
  /** The prompt without the fault words. */
  readonly prompt: string
  /** A fault that nobody knows, or a value that it does not take; the submit is then refused with 400. */
  readonly mistake: string | undefined
}

const WORD = /\[\[([a-z-]+)(?:[:*][^\]]*?)?\]\]/g
const SPACED_WORD = /[^\S\n]?\[\[([a-z-]+)(?:[:*][^\]]*?)?\]\]/g

const takes = ({ words, fits }: Values, value: string): boolean =>
  words.includes(value) || fits?.(value) === true

const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name)

function readFault(word: string, prompt: string): Fault | undefined {
  const [, name = '', rest = ''] = /^([a-z-]+)(?::?(.*))$/.exec(word) ?? []
  const [, value = '', limit] = /^(.*?)(?:\*(\d+))?$/.exec(rest) ?? []
  if (!isFaultName(name) || !takes(FAULTS[name], value)) return undefined
  const times = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit)
  return { name, value, limit: times, key: `${word}\n${prompt}` }
}

function headerWords(headers: IncomingHttpHeaders): readonly string[] {
  const header = headers['x-simulate']
  const text = Array.isArray(header) ? header.join(';') : (header ?? '')
  const words = text.split(';').map((word) => word.trim())
  return words.filter((word) => word !== '')
}

function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(WORD)]
    .filter(([, name = '']) => isFaultName(name))
    .map(([whole]) => whole.slice(2, -2))
}

/** The text as the model sees it: without fault words, and without the spaces before them. */
export function dropFaults(text: string): string {
  const left = text.replaceAll(SPACED_WORD, (whole, name: string) =>
    isFaultName(name) ? '' : whole,
  )
  return left === text ? text : left.trim()
}

export interface FaultRequest {
  /** What the model is asked for. */
  readonly prompt: string
  /** Every text of the request, the prompt among them. */
  readonly texts: readonly string[]
  readonly headers: IncomingHttpHeaders
  readonly occurrences: Map<string, number>
}

/** Reads the faults of a request: `[[name:value*N]]` in its texts, `name:value*N; …` in `x-simulate`. */
export function planFaults({ prompt, texts, headers, occurrences }: FaultRequest): FaultPlan {
  const words = [...headerWords(headers), ...texts.flatMap(wordsIn)]
  const read = words.map((word) => ({ word, fault: readFault(word, prompt) }))
  const faults = read.flatMap(({ fault }) => fault ?? [])
  const take = (name: FaultName) => {
    const next = faults.find(
      (fault) => fault.name === name && (occurrences.get(fault.key) ?? 0) < fault.limit,
    )
    if (next) occurrences.set(next.key, (occurrences.get(next.key) ?? 0) + 1)
    return next?.value
  }
  return {
    faults: { take },
    prompt: dropFaults(prompt),
    mistake: read.find(({ fault }) => fault === undefined)?.word,
  }
}
