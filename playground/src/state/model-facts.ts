import type { Gateway } from '../api/gateway.ts'
import type { ModelDetail } from '../api/models.ts'
import { createStore, type Store } from './store.ts'

/** What is known of single models. */
export interface ModelFacts {
  readonly known: Store<ReadonlyMap<string, ModelDetail>>
  /** Asks the gateway for what a model takes, unless it is known or on its way. */
  ask(model: string): void
}

export function createModelFacts(gateway: Gateway): ModelFacts {
  const known = createStore<ReadonlyMap<string, ModelDetail>>(new Map())
  const asked = new Set<string>()
  const fetchOne = async (model: string): Promise<void> => {
    try {
      const detail = await gateway.detail(model)
      known.change((all) => new Map([...all, [model, detail]]))
    } catch {
      // The page works without; the next look asks again.
      asked.delete(model)
    }
  }
  return {
    known,
    ask(model) {
      if (model === '' || asked.has(model)) return
      asked.add(model)
      void fetchOne(model)
    },
  }
}
