/** The list of jobs holds a hundred for each caller. */
export const CALLERS = 10

/** A caller whose budget is for a part of its orders, which are of two steps. */
export const POOR = 'sk-poor'
/** A day. */
export const BUDGET_USD = 0.2

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

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What one client of the world wants. */
export interface Order {
  readonly index: number
  /** The access key. */
  readonly key: string
  readonly count: number
  /** Which of two equal orders it is; undefined: there is no other. */
  readonly twin: 1 | 2 | undefined
  readonly clear: boolean
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
}

const WAYS = ['sdk', 'sdk with a key', 'stream', 'chat', 'by hand'] as const

/** The same for the same seed. */
export function planOrders(count: number, seed: number): readonly Order[] {
  const random = createRandom(seed)
  const pick = <One>(list: readonly [One, ...One[]] | readonly One[]): One | undefined =>
    list[Math.floor(random() * list.length)]
  const order = (index: number): Order => {
    const times = `[[queue:${Math.floor(random() * 300)}ms]] [[run:${Math.floor(random() * 300)}ms]]`
    return {
      index,
      key: `sk-${index % CALLERS}`,
      count: random() < 0.2 ? 8 : 1,
      twin: undefined,
      clear: false,
      isVideo: false,
      sound: undefined,
      prompt: `order ${index} ${times} ${pick(FAULTS) ?? ''}`,
      way: pick(WAYS) ?? 'sdk',
      base64: random() < 0.3,
      patience: random() < 0.4 ? 30 + random() * 500 : undefined,
      got: [],
    }
  }
  const orders = Array.from({ length: count }, (_, index): readonly Order[] => {
    const usual = order(index)
    const kind = random()
    if (kind < 0.05) return [{ ...usual, key: POOR, count: 1, clear: true, base64: false }]
    if (kind > 0.92) return [{ ...usual, count: 1, isVideo: true }]
    if (kind > 0.82) return [{ ...usual, count: 1, sound: soundOf(index) }]
    if (kind > 0.15) return [usual]
    // Two equal orders of one caller: one waits, the other comes back again and again.
    const slow = `order ${index} of two [[run:${50 + Math.floor(random() * 200)}ms*1]] [[run:1500ms]]`
    const both = { ...usual, prompt: slow, way: 'sdk', count: 1, base64: false } as const
    const other = 300 + random() * 900
    return [
      { ...both, twin: 1, patience: undefined, got: [] },
      { ...both, twin: 2, patience: other, got: [] },
    ]
  }).flat()
  const videos = Array.from({ length: AT_ONCE }, (_, one): Order => ({
    ...order(count + one),
    key: DIRECTOR,
    count: 1,
    isVideo: true,
  }))
  return orders.toSpliced(count / 2, 0, ...videos)
}

function soundOf(index: number): Order['sound'] {
  return index % 2 === 0 ? 'speech' : 'transcript'
}

/** A prompt, and how many requests to fal may be paid for it. */
interface Wanted {
  readonly prompt: string
  readonly most: number
  readonly orders: readonly Order[]
}

export function wishesOf(orders: readonly Order[]): readonly Wanted[] {
  return [...Map.groupBy(orders, ({ prompt }) => prompt)].map(([prompt, of]) => ({
    prompt,
    most: of.reduce((sum, { count }) => sum + Math.ceil(count / 4), 0),
    orders: of,
  }))
}

/** What came of it for the callers. */
export function tallyOf(
  wishes: readonly Wanted[],
  paid: ReadonlyMap<string, readonly unknown[]>,
): Record<'short' | 'shared', readonly string[]> & Record<'delivered' | 'split' | 'twins', number> {
  const answered = wishes.flatMap(({ orders }) => orders.filter(({ got }) => got.length > 0))
  const isWhole = ({ prompt, most }: Wanted): boolean => paid.get(prompt)?.length === most
  const isShort = ({ orders }: Wanted): boolean =>
    orders.some(({ got, count }) => got.some((urls) => urls.length < count))
  // Where one job was all that came of two, a first try never reached us while the gateway was shut: its repeat
  // cannot be told from one of the other's, and nothing is paid that nobody gets.
  const isShared = ({ prompt, orders: [one, other] }: Wanted): boolean =>
    (paid.get(prompt)?.length ?? 0) > 1 &&
    other?.got.flat().some((url) => one?.got.flat().includes(url)) === true
  return {
    delivered: answered.length,
    split: answered.filter(({ count }) => count > 1).length,
    twins: answered.filter(({ twin }) => twin !== undefined).length,
    short: wishes.filter((wish) => isWhole(wish) && isShort(wish)).map(({ prompt }) => prompt),
    shared: wishes.filter(isShared).map(({ prompt }) => prompt),
  }
}
