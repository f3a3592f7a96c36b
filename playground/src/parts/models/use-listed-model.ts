import { useLayoutEffect } from 'preact/hooks'

import type { Model } from '../../api/models.ts'
import { useOrder } from '../../state/studio.ts'

/** A model that is not in the list (none chosen yet, or it is gone) gives way to the first that is. */
export function useListedModel(models: readonly Model[]): void {
  const [{ model }, change] = useOrder()
  const [first] = models
  const isListed = models.some(({ id }) => id === model)
  useLayoutEffect(() => {
    if (!isListed && first !== undefined)
      change({ model: first.id, medium: first.medium, size: '', resolution: '', video: undefined })
  }, [isListed, first])
}
