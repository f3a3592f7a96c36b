import { toGatewayError, type Gateway } from '../../api/gateway.ts'
import { createStore, type Store } from '../store.ts'
import { answerTurn, pickUpTurn, type AnswerAccess } from './answer-turn.ts'
import type { ChatStore } from './chat-store.ts'
import { toTurns, type Turn } from './turn.ts'

/** A conversation in which each message changes the last picture. */
export interface Chat {
  readonly turns: Store<readonly Turn[]>
  readonly busy: Store<boolean>
  /** Whether what runs is to be stopped; what has begun may still come to its end, and is paid for then. */
  readonly stopping: Store<boolean>
  send(model: string, text: string): void
  /** Takes the job out of fal's queue. */
  stop(): void
  /** Forgets the conversation, here and in this browser. */
  clear(): void
  /** Reads what is kept, and waits for the answer that was on its way when the page was closed. */
  restore(): Promise<void>
}

interface ChatWorld {
  readonly gateway: Gateway
  readonly store: ChatStore
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The page was closed before the gateway had said what became of it. */
const UNKNOWN_END = { message: '', code: 'page_closed' }

export function createChat(world: ChatWorld): Chat {
  const { store, now } = world
  const turns = createStore<readonly Turn[]>([])
  const change: Change = (id, make) => {
    const old = turns.get().find((turn) => turn.id === id)
    // The conversation has been cleared meanwhile.
    if (old === undefined) return
    const changed = make(old)
    turns.change((all) => all.map((turn) => (turn.id === id ? changed : turn)))
    if (old.jobId !== changed.jobId || old.ended !== changed.ended) void store.keep(changed)
  }
  const runner = createRunner(world.gateway, change)
  return {
    turns,
    busy: runner.busy,
    stopping: runner.stopping,
    send(model, text) {
      const [question, answer] = toTurns(text, now())
      turns.change((all) => [...all, question, answer])
      void store.keep(question)
      void store.keep(answer)
      void runner.run(answer.id, (access) => answerTurn({ model, turns: turns.get() }, access))
    },
    stop() {
      runner.stopping.set(true)
    },
    clear() {
      runner.leave()
      turns.set([])
      void store.clear()
    },
    async restore() {
      const kept = await store.all()
      turns.change((all) => [...kept, ...all])
      for (const { id, jobId } of kept.filter(({ ended }) => !ended)) {
        if (jobId !== undefined) void runner.run(id, (access) => pickUpTurn(jobId, access), jobId)
        else change(id, (turn) => ({ ...turn, failure: UNKNOWN_END, ended: true }))
      }
    },
  }
}

type Change = (id: string, make: (turn: Turn) => Turn) => void

interface Runner extends Pick<Chat, 'busy' | 'stopping'> {
  run(id: string, how: (access: AnswerAccess) => Promise<void>, jobId?: string): Promise<void>
  /** Stops what runs, and waits for it no longer. */
  leave(): void
}

function createRunner(gateway: Gateway, change: Change): Runner {
  const busy = createStore<boolean>(false)
  const stopping = createStore<boolean>(false)
  let controller = new AbortController()
  const cancel = (jobId: string): void => {
    void gateway.request(`/images/jobs/${jobId}`, { method: 'DELETE' }).catch(() => undefined)
  }
  return {
    busy,
    stopping,
    async run(id, how, known) {
      const { signal } = controller
      let wanted = true
      let jobId = known
      const unwatch = stopping.watch(() => {
        if (!stopping.get()) return
        wanted = false
        if (jobId !== undefined) cancel(jobId)
      })
      const tell: AnswerAccess['tell'] = (make) => {
        change(id, make)
      }
      const accepted = (given: string): void => {
        jobId = given
        tell((turn) => ({ ...turn, jobId: given }))
        if (!wanted) cancel(given)
      }
      busy.set(true)
      await settle(how({ gateway, signal, tell, accepted }), tell)
      unwatch()
      if (signal.aborted) return
      busy.set(false)
      stopping.set(false)
    },
    leave() {
      stopping.set(true)
      controller.abort()
      controller = new AbortController()
      busy.set(false)
      stopping.set(false)
    },
  }
}

/** Statuses of an end: the job itself has failed, or fal keeps it no longer. */
const ENDS = new Set([200, 410])

/** Waits for an answer to come to its end; one that could not be asked for is asked for at the next visit. */
async function settle(answered: Promise<void>, tell: AnswerAccess['tell']): Promise<void> {
  try {
    await answered
    tell((turn) => ({ ...turn, ended: true }))
  } catch (error) {
    const { message, code, status } = toGatewayError(error)
    tell((turn) => {
      const ended = turn.jobId === undefined || ENDS.has(status)
      return { ...turn, failure: { message, code }, ended }
    })
  }
}
