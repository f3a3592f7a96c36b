import { useEffect } from 'preact/hooks'

import { useModels, useOrder } from '../state/studio.ts'

/** A model that is not in the list (none chosen yet, or it is gone) gives way to the first that is. */
export function useListedModel(): void {
  const [{ model }, change] = useOrder()
  const models = useModels()
  const [first] = models
  const isListed = models.some(({ id }) => id === model)
  useEffect(() => {
    if (!isListed && first !== undefined) change({ model: first.id, size: '', resolution: '' })
  }, [isListed, first])
}
