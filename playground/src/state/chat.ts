import { readEvents } from '../api/events.ts'
import { GatewayError, toGatewayError, type Gateway } from '../api/gateway.ts'
import { chatChunk, imageJob } from '../api/schemas.ts'
import { toBlob } from '../lib/picture-bytes.ts'
import { createStore, type Store } from './store.ts'

/** One message of the conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant'
  /** As it was sent or came: markdown, with the pictures' addresses, from which the next turn goes on. */
  readonly content: string
  readonly pictures: readonly Blob[]
  /** What the gateway said of the way there. */
  readonly progress: string
  readonly failure: { readonly message: string; readonly code: string | undefined } | undefined
}

/** A conversation in which each message changes the last picture. */
export interface Chat {
  readonly turns: Store<readonly Turn[]>
  readonly busy: Store<boolean>
  send(model: string, text: string): void
  stop(): void
  clear(): void
}

export function createChat(gateway: Gateway): Chat {
  const turns = createStore<readonly Turn[]>([])
  const busy = createStore<boolean>(false)
  let controller = new AbortController()
  const changeLast = (change: (last: Turn) => Turn): void => {
    turns.change((all) => all.map((turn, at) => (at === all.length - 1 ? change(turn) : turn)))
  }
  const run = async (model: string): Promise<void> => {
    const { signal } = controller
    busy.set(true)
    try {
      for await (const change of answer(gateway, { model, turns: turns.get(), signal })) {
        if (signal.aborted) return
        changeLast(change)
      }
    } catch (error) {
      const { message, code } = toGatewayError(error)
      if (!signal.aborted) changeLast((last) => ({ ...last, failure: { message, code } }))
    } finally {
      busy.set(false)
    }
  }
  return {
    turns,
    busy,
    send(model, text) {
      turns.change((all) => [...all, toTurn('user', text), toTurn('assistant', '')])
      void run(model)
    },
    stop() {
      controller.abort()
      controller = new AbortController()
    },
    clear() {
      this.stop()
      turns.set([])
    },
  }
}

interface Question {
  readonly model: string
  /** The last is the answer, still empty. */
  readonly turns: readonly Turn[]
  readonly signal: AbortSignal
}

/** Changes of the last turn, as the answer comes. */
async function* answer(
  gateway: Gateway,
  { model, turns, signal }: Question,
): AsyncGenerator<(last: Turn) => Turn, void, void> {
  const said = turns.filter(({ content }) => content !== '')
  const messages = said.map(({ role, content }) => ({ role, content }))
  const response = await gateway.request('/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, stream: true }),
    signal,
  })
  for await (const data of readEvents(response)) {
    const { choices = [], error } = chatChunk.parse(data)
    if (error !== undefined) throw new GatewayError(error.message, 200, error.code ?? undefined)
    const delta = choices[0]?.delta
    yield (last) => ({
      ...last,
      content: last.content + (delta?.content ?? ''),
      progress: last.progress + (delta?.reasoning_content ?? ''),
    })
  }
  const jobId = response.headers.get('x-job-id')
  if (jobId === null) return
  const pictures = await fetchPictures(gateway, jobId, signal)
  yield (last) => ({ ...last, pictures })
}

/** Through the gateway: this page asks nobody else for anything. */
async function fetchPictures(
  gateway: Gateway,
  jobId: string,
  signal: AbortSignal,
): Promise<readonly Blob[]> {
  const path = `/images/jobs/${jobId}?response_format=b64_json`
  const { result } = imageJob.parse(await (await gateway.request(path, { signal })).json())
  return (result?.data ?? []).flatMap(({ b64_json: base64 }) =>
    base64 === undefined ? [] : [toBlob(base64)],
  )
}

function toTurn(role: Turn['role'], content: string): Turn {
  return { role, content, pictures: [], progress: '', failure: undefined }
}

/** What is read of a turn: its words, without the pictures, which are shown. */
export function wordsOf({ content }: Turn): string {
  return content.replaceAll(/!\[[^\]]*\]\([^)]*\)/g, '').trim()
}
