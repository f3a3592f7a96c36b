import { useEffect, useState } from 'preact/hooks'

import { useStudio } from '../../state/studio.ts'
import type { Order } from '../../state/works/work.ts'

/** While somebody is still choosing, nothing is asked. */
const PAUSE_MS = 500

/**
 * What an order will cost, in US dollars; undefined: not known, or not yet.
 *
 * @param isReady whether it could be sent as it stands
 */
export function usePrice(order: Order, isReady: boolean): number | undefined {
  const { askPrice } = useStudio()
  const [usd, setUsd] = useState<number>()
  const { prompt, ...others } = order
  // By how much is said only speech is priced.
  const facts = [...Object.values(others), order.medium === 'speech' ? prompt : '']
  useEffect(() => {
    setUsd(undefined)
    if (!isReady) return undefined
    const controller = new AbortController()
    const ask = async (): Promise<void> => {
      const told = await askPrice(order, controller.signal)
      if (!controller.signal.aborted) setUsd(told)
    }
    const timer = setTimeout(() => {
      void ask()
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [askPrice, isReady, ...facts])
  return usd
}
