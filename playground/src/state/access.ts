import { toGatewayError, type Gateway } from '../api/gateway.ts'
import type { Model } from '../api/models.ts'
import { createStore, type Store } from './store.ts'

/** Whether this browser may use the gateway. */
export type Access =
  | { readonly kind: 'checking' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong' }
  /** Its owner has something to do; the message names the variable. */
  | { readonly kind: 'unconfigured'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'open'; readonly models: readonly Model[] }

export interface AccessCheck {
  readonly state: Store<Access>
  /** Asks for the models, which needs a key and costs nothing. */
  check(): Promise<void>
}

/** A gateway that cannot be reached is asked again by itself. */
const AGAIN_MS = 4000

export function createAccessCheck(gateway: Gateway, accessKey: Store<string>): AccessCheck {
  const state = createStore<Access>({ kind: 'checking' })
  const check = async (): Promise<void> => {
    const key = accessKey.get()
    if (state.get().kind !== 'unreachable') state.set({ kind: 'checking' })
    const found = await ask(gateway, key)
    // Another key has been entered meanwhile, and is being asked for.
    if (accessKey.get() !== key) return
    state.set(found)
    if (found.kind === 'unreachable') setTimeout(() => void check(), AGAIN_MS)
  }
  accessKey.watch(() => void check())
  return { state, check }
}

async function ask(gateway: Gateway, key: string): Promise<Access> {
  try {
    if (key === '') {
      await gateway.health()
      return { kind: 'missing' }
    }
    return { kind: 'open', models: await gateway.models() }
  } catch (error) {
    const { status, code, message } = toGatewayError(error)
    if (code === 'worker_not_configured') return { kind: 'unconfigured', message }
    if (status === 401 || status === 403) return { kind: 'wrong' }
    return { kind: 'unreachable', message }
  }
}
