import { createContext } from 'preact'
import { useContext, useEffect } from 'preact/hooks'

import type { Gateway } from '../api/gateway.ts'
import type { Model, ModelField } from '../api/models.ts'
import { en, type Words } from '../words/en.ts'
import { zh } from '../words/zh.ts'
import type { AccessCheck } from './access.ts'
import type { Chat } from './chat/chat.ts'
import type { ModelFacts } from './model-facts.ts'
import type { Preferences } from './preferences.ts'
import type { AskPrice } from './quotes.ts'
import { useStore, type Store } from './store.ts'
import type { Gallery } from './works/gallery.ts'
import type { Order, Work } from './works/work.ts'

/** What is on the page. */
export type View = 'create' | 'chat'

/** A picture that is shown large. */
export interface Shown {
  readonly work: Work
  readonly place: number
}

/** Everything that the parts of the page share. */
export interface Studio {
  readonly gateway: Gateway
  readonly preferences: Preferences
  readonly access: AccessCheck
  readonly facts: ModelFacts
  readonly askPrice: AskPrice
  readonly gallery: Gallery
  readonly chat: Chat
  readonly view: Store<View>
  /** The order whose code is shown. */
  readonly coded: Store<Order | undefined>
  readonly shown: Store<Shown | undefined>
}

export const StudioContext = createContext<Studio | undefined>(undefined)

export function useStudio(): Studio {
  const studio = useContext(StudioContext)
  if (studio === undefined) throw new Error('a part of the page stands outside the studio')
  return studio
}

export function useWords(): Words {
  return useStore(useStudio().preferences.language) === 'zh' ? zh : en
}

/** The order that is being written, and how to change it. */
export function useOrder(): readonly [Order, (change: Partial<Order>) => void] {
  const { order } = useStudio().preferences
  return [
    useStore(order),
    (change) => {
      order.change((old) => ({ ...old, ...change }))
    },
  ]
}

/** The models that may be used; empty while that is not known. */
export function useModels(): readonly Model[] {
  const access = useStore(useStudio().access.state)
  return access.kind === 'open' ? access.models : []
}

/** The model of the order; undefined: it is not in the list. */
export function useModel(): Model | undefined {
  const [{ model }] = useOrder()
  return useModels().find(({ id }) => id === model)
}

/** The fields that a model takes beside those of all models; undefined: not known yet. */
export function useModelFields(
  model: string,
  work: 'make' | 'edit',
): readonly ModelField[] | undefined {
  const { facts } = useStudio()
  const known = useStore(facts.known).get(model)
  useEffect(() => {
    facts.ask(model)
  }, [facts, model])
  return work === 'edit' ? known?.edit_fields : known?.fields
}
