import type { RequestEnd } from '../ports/idempotency-store.ts'

/** One request for an order. Times are in milliseconds. */
export interface OrderTry {
  /** Its random name. */
  readonly request: string
  readonly cameAt: number
  /** When its client gives up by itself. */
  readonly dueAt: number
  /** undefined: it is being answered, or nobody knows. */
  readonly end: RequestEnd | undefined
  readonly endedAt: number
}

/** What is known of one of several equal orders. */
export interface EqualOrder {
  /** How often its client had tried before the latest try, as it counts. */
  readonly lastTry: number
  /** Whether its latest try was refused before anything was submitted. */
  readonly refused: boolean
  /** The latest last. */
  readonly tries: readonly OrderTry[]
}

/** What else is known when a repeat comes. */
interface Scene {
  /** Milliseconds. */
  readonly now: number
  /** How long the client that comes back waits for an answer. */
  readonly patienceMs: number
  /** Other repeats with the same count and patience that wait to see whose they are: none of them has the same order. */
  readonly rivals: number
  /** Whether a request without an end may still be waited for; else nobody will tell its end. */
  readonly isOpen: (request: string) => boolean
}

/**
 * An answer that is written so shortly before its client gives up, or later, may have reached nobody: the
 * client's clock began before ours, and says whole seconds.
 */
const LAST_MOMENT_MS = 1000

/**
 * The official clients' pause before their second try, which doubles with each; a quarter less by chance
 * (openai-node, `calculateDefaultRetryTimeoutMillis`; openai-python has the same).
 */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8000
/** How late a client that gave up may be noticed, and come back: 1.8 s were seen on a busy machine. */
const SLACK_MS = 3000

/**
 * Which of several equal orders a repeat belongs to; undefined: to none of them; `unclear`: to one of several
 * that may all still be waited for, which their ends will tell. Until an answer is delivered equal orders can
 * stand for each other, so what counts is that each job is given to one order:
 *
 * - A client counts its tries, so an order that has seen this count or a later one is another's. It says how long it
 *   waits, so one whose client says otherwise serves only when there is no other.
 * - What has been delivered is not asked for again. An answer of the last moment may have reached nobody: it
 *   serves when nothing else does, and the repeat comes as soon after it as a client that gave up then. Beside
 *   one that may still be waited for it is as likely, and the end of that one tells.
 * - A repeat that no order waits for was overtaken by a later one, where there is one.
 * - A client comes back when its last try has ended: what nobody waits for goes before what somebody does.
 *   By the same rule only the end of an order's latest try says how it stands.
 *
 * @param tries how many its client made before, 1 or more
 */
export function orderOfRepeat<Order extends EqualOrder>(
  orders: readonly Order[],
  tries: number,
  scene: Scene,
): Order | 'unclear' | undefined {
  const ranked = orders
    .flatMap((order) => {
      const standing = order.lastTry < tries ? standingOf(order, tries, scene) : undefined
      if (standing === undefined) return []
      const { who, how, at, isLate = false } = standing
      const whose = isOfAnother(order, scene) ? 1 : 0
      return [{ order, who, whose, isLate, rank: [whose, who, tries - order.lastTry, how, at] }]
    })
    .toSorted((one, other) => compare(one.rank, other.rank))
  const [first] = ranked
  const candidates = ranked.filter(
    ({ who, whose, isLate }) => whose === first?.whose && (who === 1 || isLate),
  )
  if (first === undefined) return overtaken(orders, tries)
  return first.who === 1 && candidates.length > scene.rivals + 1 ? 'unclear' : first.order
}

/**
 * The order of a repeat that was on its way so long that a later try of its client came before it. It could be
 * another's whose own was never heard of, but nothing is paid for again that somebody may have.
 */
function overtaken<Order extends EqualOrder>(
  orders: readonly Order[],
  tries: number,
): Order | undefined {
  return orders.findLast(({ lastTry, refused }) => lastTry > tries && !refused)
}

/** Whether its client has another patience than the one that comes back: that says the same at each try. */
function isOfAnother({ tries }: EqualOrder, { patienceMs }: Scene): boolean {
  const latest = tries.at(-1)
  return latest !== undefined && latest.dueAt - latest.cameAt !== patienceMs
}

/** How an order stands; of each the lower, the likelier it is that its client comes back. */
interface Standing {
  /** 0: nobody waits for it; 1: somebody does; 2: somebody may have got it. */
  readonly who: 0 | 1 | 2
  /** 0: it was left; 1: its client has had its time; 2: it was refused. */
  readonly how: 0 | 1 | 2
  /** Since when, in milliseconds. */
  readonly at: number
  /** Whether it was answered in the last moment of its client's time. */
  readonly isLate?: boolean
}

/** @returns undefined when somebody has got it */
function standingOf(
  { tries, refused }: EqualOrder,
  count: number,
  { now, isOpen }: Scene,
): Standing | undefined {
  const latest = tries.at(-1)
  if (refused || latest === undefined) return { who: 0, how: 2, at: 0 }
  const { end, endedAt, dueAt, request } = latest
  if (end === undefined) {
    return { who: dueAt > now && isOpen(request) ? 1 : 0, how: 1, at: dueAt }
  }
  if (end !== 'answered') return { who: 0, how: 0, at: endedAt }
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (count - 1), LONGEST_PAUSE_MS)
  const isPaused = now - endedAt <= pause + SLACK_MS
  const isLate = endedAt >= dueAt - LAST_MOMENT_MS
  return isPaused || isLate ? { who: 2, how: 0, at: endedAt, isLate } : undefined
}

function compare(one: readonly number[], other: readonly number[]): number {
  const differences = one.map((value, index) => value - (other[index] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
