import { useLayoutEffect } from 'preact/hooks'

import { knownOf, toOwnFields, type OwnField } from '../../lib/own-fields.ts'
import { useModelFields, useOrder } from '../../state/studio.ts'

/** The fields that only the chosen model takes; what was said to another model and means nothing to it is let go. */
export function useOwnFields(): readonly OwnField[] {
  const [order, change] = useOrder()
  const fields = useModelFields(
    order.model,
    order.medium === 'image' && order.sources.length > 0 ? 'edit' : 'make',
  )
  const own = toOwnFields(fields ?? [])
  const isKnown = fields !== undefined
  const extra = isKnown ? knownOf(order.extra, own) : order.extra
  const takesNegative = fields?.some(({ name }) => name === 'negative_prompt') ?? true
  const negativePrompt = takesNegative ? order.negativePrompt : ''
  useLayoutEffect(() => {
    if (extra !== order.extra || negativePrompt !== order.negativePrompt) {
      change({ extra, negativePrompt })
    }
  }, [fields, order])
  return own
}
