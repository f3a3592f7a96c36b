import type { JournalJob } from '../../simulator/queue/journal.ts'
import { createRandom } from '../support/random.ts'

/** The list of jobs holds a hundred for each caller. */
export const CALLERS = 10

/** So many the endpoint makes at once. */
export const IMAGES_A_PART = 4

/** A caller whose budget is for a part of its orders, which are of two steps: two of them, at $0.0898. */
export const POOR = 'sk-poor'
/** A day. */
export const BUDGET_USD = 0.2
/** A caller whose budget is for one order, which it sends several times at once. */
export const HASTY = 'sk-hasty'
/** A day: one image of nano-banana is $0.0398. */
export const HASTY_USD = 0.05

/** A caller whose orders are videos, all at once, of which five are within its budget. */
export const DIRECTOR = 'sk-director'
export const DIRECTOR_USD = 1
/** Four seconds of the model at 720p. */
export const VIDEO_USD = 0.2
const AT_ONCE = 12

/** Everything that fal, its network and its CDN can do to a job, each as the pretend fal writes it. */
const FAULTS = [
  '',
  '',
  '[[submit:429*1]]',
  '[[submit:500*1]]',
  '[[submit:502*1]]',
  '[[submit:503*1]]',
  '[[submit:504*1]]',
  '[[submit:cut-before*1]]',
  '[[submit:cut-after*1]]',
  '[[stream:drop]]',
  '[[stream:refuse]]',
  '[[stream:500]]',
  '[[status:500*2]]',
  '[[result:early*2]]',
  '[[result:502*1]]',
  '[[result:html*1]]',
  '[[result:break*1]]',
  '[[result:500*1]]',
  '[[result:500*6]]',
  '[[answer:700ms]]',
  '[[answer:200ms]] [[submit:cut-after*1]]',
  '[[fail:internal_server_error]]',
  '[[cdn:break]]',
  '[[fail:content_policy_violation]]',
]

/** What one client of the world wants. */
export interface ChaosOrder {
  readonly index: number
  /** The access key. */
  readonly key: string
  readonly count: number
  /** Which of two equal orders it is; undefined: there is no other. */
  readonly twin: 1 | 2 | undefined
  readonly clear: boolean
  /** Whether it is one of several requests with one key, which are one order. */
  readonly together: boolean
  readonly model: string
  /** What is wanted in the place of images; undefined: images. */
  readonly sound: 'speech' | 'transcript' | undefined
  readonly prompt: string
  readonly way: 'sdk' | 'sdk with a key' | 'stream' | 'chat' | 'by hand'
  /** Whether it is for a video. */
  readonly isVideo: boolean
  readonly base64: boolean
  /** After so many milliseconds the caller loses patience; undefined: never. */
  readonly patience: number | undefined
  /** The addresses that were delivered, by each answer. */
  readonly got: (readonly string[])[]
  /** The job's ids, as answers named them. */
  readonly ids: Set<string>
  /** Whether it came once more with its key, and whether that was answered with images. */
  cameAgain: boolean
  served: boolean
}

const WAYS = ['sdk', 'sdk with a key', 'stream', 'chat', 'by hand'] as const

/** The same for the same seed. */
export function planOrders(count: number, seed: number): readonly ChaosOrder[] {
  const random = createRandom(seed)
  const pick = <One>(list: readonly [One, ...One[]] | readonly One[]): One | undefined =>
    list[Math.floor(random() * list.length)]
  const order = (index: number): ChaosOrder => {
    const times = `[[queue:${Math.floor(random() * 300)}ms]] [[run:${Math.floor(random() * 300)}ms]]`
    return {
      index,
      key: `sk-${index % CALLERS}`,
      count: random() < 0.2 ? 8 : 1,
      twin: undefined,
      clear: false,
      together: false,
      isVideo: false,
      sound: undefined,
      model: 'flux-dev',
      prompt: `order ${index} ${times} ${pick(FAULTS) ?? ''}`,
      way: pick(WAYS) ?? 'sdk',
      base64: random() < 0.3,
      patience: random() < 0.4 ? 30 + random() * 500 : undefined,
      got: [],
      ids: new Set<string>(),
      cameAgain: false,
      served: false,
    }
  }
  const orders = Array.from({ length: count }, (_, index): readonly ChaosOrder[] => {
    const usual = order(index)
    const kind = random()
    if (kind > 0.92) return [{ ...usual, count: 1, isVideo: true }]
    if (kind > 0.82) return [{ ...usual, count: 1, sound: soundOf(index) }]
    if (kind > 0.1) return [usual]
    // Two equal orders of one caller: one waits, the other comes back again and again.
    const slow = `order ${index} of two [[run:${50 + Math.floor(random() * 200)}ms*1]] [[run:1500ms]]`
    const both = { ...usual, prompt: slow, way: 'sdk', count: 1, base64: false } as const
    const other = 300 + random() * 900
    return [
      { ...both, twin: 1, patience: undefined, got: [], ids: new Set() },
      { ...both, twin: 2, patience: other, got: [], ids: new Set() },
    ]
  }).flat()
  const videos = Array.from({ length: AT_ONCE }, (_, one): ChaosOrder => ({
    ...order(count + one),
    key: DIRECTOR,
    count: 1,
    isVideo: true,
  }))
  return orders.toSpliced(count / 2, 0, ...videos)
}

function soundOf(index: number): ChaosOrder['sound'] {
  return index % 2 === 0 ? 'speech' : 'transcript'
}

/** Orders of two steps that fail, and are not charged. */
export function freeFailures(): readonly ChaosOrder[] {
  const faults = ['[[fail:internal_server_error]]', '[[infra:runner_disconnected]]']
  return faults.map((fault, index) => ofPoor(-1 - index, fault))
}

/** Split orders whose callers lose patience: some while all of it waits, and they come back; others for good. */
export function splitOrders(): readonly ChaosOrder[] {
  const split = (index: number, way: ChaosOrder['way'], words: string): ChaosOrder => ({
    ...ofPoor(-31 - index, words),
    key: `sk-${index}`,
    model: 'flux-dev',
    count: 8,
    clear: false,
    way,
    // On a busy machine, too, fal has taken both parts by then.
    patience: 1500,
  })
  return [0, 1].flatMap((index) => [
    split(index, 'by hand', '[[queue:4s]]'),
    // One part of it cannot be read at first.
    split(index + 2, 'sdk', '[[run:8s]] [[result:500*7]]'),
  ])
}

/** Whose submit fal tells of before it is answered, and never answers: one image, and the first part of two. */
export function unheardOrders(): readonly ChaosOrder[] {
  return [1, 8].map((count, index) => ({
    ...ofPoor(-41 - index, '[[run:50ms]] [[answer:900ms]] [[submit:cut-after*1]]'),
    key: `sk-${index}`,
    model: 'flux-dev',
    count,
    clear: false,
  }))
}

/** More of two steps at once than a budget is for, and one order several times at once. */
export function ordersAtOnce(): readonly ChaosOrder[] {
  const poor = Array.from({ length: 6 }, (_, index) => ofPoor(-11 - index, '[[run:300ms]]'))
  const hasty = Array.from({ length: 4 }, (): ChaosOrder => ({
    ...ofPoor(-21, '[[run:300ms]]'),
    key: HASTY,
    clear: false,
    together: true,
  }))
  return [...poor, ...hasty]
}

function ofPoor(index: number, words: string): ChaosOrder {
  return {
    index,
    key: POOR,
    count: 1,
    twin: undefined,
    clear: true,
    together: false,
    isVideo: false,
    sound: undefined,
    model: 'nano-banana',
    prompt: `order ${index} ${words}`,
    way: 'sdk with a key',
    base64: false,
    patience: undefined,
    got: [],
    ids: new Set(),
    cameAgain: false,
    served: false,
  }
}

/** A prompt, and how many requests to fal may be paid for it. */
interface Wanted {
  readonly prompt: string
  readonly most: number
  readonly orders: readonly ChaosOrder[]
}

export function wishesOf(orders: readonly ChaosOrder[]): readonly Wanted[] {
  return [...Map.groupBy(orders, ({ prompt }) => prompt)].map(([prompt, of]) => ({
    prompt,
    most: of
      .filter(({ together }, index) => index === 0 || !together)
      .reduce((sum, { count }) => sum + Math.ceil(count / IMAGES_A_PART), 0),
    orders: of,
  }))
}

/** What came of it for the callers. */
export function tallyOf(
  wishes: readonly Wanted[],
  paid: ReadonlyMap<string, readonly unknown[]>,
  all: ReadonlyMap<string, readonly JournalJob[]>,
): {
  readonly faults: Record<'short' | 'shared' | 'unserved', string[]>
} & Record<'delivered' | 'split' | 'twins' | 'again', number> {
  const answered = wishes.flatMap(({ orders }) => orders.filter(({ got }) => got.length > 0))
  const isWhole = ({ prompt, most }: Wanted): boolean => paid.get(prompt)?.length === most
  // Also of what we have cancelled ourselves, for others than those who were answered.
  const isUnfailed = ({ prompt, most }: Wanted): boolean => {
    const jobs = all.get(prompt) ?? []
    return jobs.length === most && jobs.every((job) => isPaid(job) || job.errorType === CANCELLED)
  }
  const isShort = ({ orders }: Wanted): boolean =>
    orders.some(({ got, count }) => got.some((urls) => urls.length < count))
  // Where one job was all that came of two, a first try never reached us while the gateway was shut: its repeat
  // cannot be told from one of the other's, and nothing is paid that nobody gets.
  const isShared = ({ prompt, orders: [one, other] }: Wanted): boolean =>
    one?.together === false &&
    (paid.get(prompt)?.length ?? 0) > 1 &&
    other?.got.flat().some((url) => one?.got.flat().includes(url)) === true
  const named = (isFault: (wish: Wanted) => boolean): string[] =>
    wishes.filter(isFault).map(({ prompt }) => prompt)
  return {
    delivered: answered.length,
    split: answered.filter(({ count }) => count > 1).length,
    twins: answered.filter(({ twin }) => twin !== undefined).length,
    again: answered.filter(({ cameAgain }) => cameAgain).length,
    faults: {
      short: named((wish) => isUnfailed(wish) && isShort(wish)),
      shared: named(isShared),
      unserved: named((wish) => isWhole(wish) && wish.orders.some(isUnserved)),
    },
  }
}

const CANCELLED = 'client_cancelled'

export const isPaid = ({ outcome, errorType }: JournalJob): boolean =>
  outcome === 200 && errorType === undefined

/** Came again with its key for what was made, and did not get it. Bytes that fal breaks off are nobody's. */
const isUnserved = ({ cameAgain, served, base64, prompt }: ChaosOrder): boolean =>
  cameAgain && !served && !(base64 && prompt.includes('[[cdn:break]]'))
