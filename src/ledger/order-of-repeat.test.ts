import { describe, expect, test } from 'vitest'

import { orderOfRepeat, type EqualOrder, type OrderTry } from './order-of-repeat.ts'

type Named = EqualOrder & { readonly name: string }

/** An order with one try. */
function orderWith(name: string, one: Partial<OrderTry>): Named {
  const made = { request: name, cameAt: 0, dueAt: 1000, end: undefined, endedAt: 0, ...one }
  return { name, lastTry: 0, refused: false, tries: [made] }
}

/** The name of the order that the first repeat of a client with this patience gets. */
function at(now: number, orders: readonly Named[], patienceMs = 1000): string | undefined {
  const scene = { now, patienceMs, rivals: 0, isOpen: () => true }
  const [one, other] = [orders, orders.toReversed()].map((all) => orderOfRepeat(all, 1, scene))
  expect(one).toBe(other)
  return one === 'unclear' ? one : one?.name
}

/** Answered half a second after it came. */
const answered = (name: string, patienceMs: number): Named =>
  orderWith(name, { dueAt: patienceMs, end: 'answered', endedAt: 500 })

const ended = (end: 'answered' | 'left'): Named =>
  orderWith('waiting', { cameAt: 900, dueAt: 1900, end, endedAt: 1800 })

describe('beside an order that may still be waited for', () => {
  const waiting = orderWith('waiting', { cameAt: 900, dueAt: 1900 })

  test('one that was answered in its last moment is as likely', () => {
    expect(at(1200, [answered('late', 1000), waiting])).toBe('unclear')
  })

  test('as many repeats as orders have one each', () => {
    const scene = { now: 1200, patienceMs: 1000, rivals: 1, isOpen: () => true }
    expect(orderOfRepeat([answered('late', 1000), waiting], 1, scene)).toBe(waiting)
  })

  test('its end tells: answered, it is not asked for; left, it is', () => {
    const late = answered('late', 1000)
    expect(at(1801, [late, ended('answered')])).toBe('late')
    expect(at(1801, [late, ended('left')])).toBe('waiting')
  })

  test('one that was answered as long ago as a client pauses, and a busy machine takes, is not paid for again', () => {
    expect(at(2900, [answered('unheard', 600_000)], 600_000)).toBe('unheard')
    expect(at(9000, [answered('delivered', 600_000)], 600_000)).toBeUndefined()
  })

  test('one that was answered long before its time is nobody’s', () => {
    const patient = orderWith('waiting', { cameAt: 900, dueAt: 60_900 })
    expect(at(9000, [answered('delivered', 60_000), patient], 60_000)).toBe('waiting')
  })
})

describe('a client says the same of its patience at each try', () => {
  const patient = orderWith('patient', { dueAt: 10_000 })

  test('an order of another patience is another client’s', () => {
    expect(at(1200, [answered('impatient', 300), patient], 300)).toBe('impatient')
    const left = orderWith('left', { dueAt: 300, end: 'left', endedAt: 300 })
    expect(at(1200, [left, patient], 10_000)).toBe('patient')
  })

  test('and serves all the same when there is no other, rather than that it is paid for again', () => {
    expect(at(1200, [patient], 300)).toBe('patient')
  })
})
