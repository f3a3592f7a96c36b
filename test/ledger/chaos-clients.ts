import { setTimeout as delay } from 'node:timers/promises'

import OpenAI, { APIError } from 'openai'

import { aPictureOf } from '../support/pictures.ts'
import { DIRECTOR, type ChaosOrder } from './chaos-orders.ts'
import { askForSound } from './chaos-sounds.ts'
import { askForVideo } from './chaos-videos.ts'

// What the clients of the world do: they ask, give up, ask again. Their failures are part of the exercise.

/** @param base with `/v1`, or without it */
export async function carryOut(order: ChaosOrder, base: string): Promise<void> {
  const client = clientOf(order, base)
  // By hand: some come back with their key, with more patience, whatever was answered.
  const tries = order.way === 'by hand' ? 3 : 1
  for (let one = 0; one < tries; one += 1) await attempt(order, client)
}

/** Whether it is known again by its key, whenever it comes; a video is looked at by its id instead, a sound is its own answer. */
export const hasKey = ({ way, isVideo, sound }: ChaosOrder): boolean =>
  !isVideo && sound === undefined && (way === 'sdk with a key' || way === 'by hand')

/** A result that fal cannot give at first is left unread by one try. */
const MOST_TRIES = 3

/** Comes once more for what it has ordered with its key, and waits as long as it takes. */
export async function comeAgain(order: ChaosOrder, base: string): Promise<void> {
  const before = order.got.length
  order.cameAgain = true
  for (let one = 0; one < MOST_TRIES && order.got.length === before; one += 1) {
    await attempt(order, clientOf({ ...order, patience: undefined }, base))
  }
  order.served = order.got.length > before
}

function clientOf({ way, index, key, patience }: ChaosOrder, baseURL: string): OpenAI {
  const headers: Record<string, string> =
    way === 'sdk' ? {} : { 'Idempotency-Key': `order-${index}` }
  return new OpenAI({
    baseURL,
    apiKey: key,
    defaultHeaders: headers,
    timeout: patience ?? 10_000,
    // Otherwise all of them may fall into one restart.
    ...(key === DIRECTOR && { maxRetries: 6 }),
  })
}

async function attempt(order: ChaosOrder, client: OpenAI): Promise<void> {
  await ask(order, client).catch((error: unknown) => {
    if (!(error instanceof Error)) throw error
    if (error instanceof APIError) know(order, error.headers)
  })
}

function know({ ids }: ChaosOrder, headers: unknown): void {
  const id = headers instanceof Headers ? headers.get('x-job-id') : null
  if (id !== null) ids.add(id)
}

async function ask(order: ChaosOrder, client: OpenAI): Promise<void> {
  if (order.isVideo) return askForVideo(order, client)
  if (order.sound !== undefined) return askForSound(order, client)
  if (order.way === 'chat') return chat(order, client)
  const { model, prompt, base64, count: n, clear, got } = order
  const wish = { model, prompt, n, ...(clear && { background: 'transparent' as const }) }
  if (order.way === 'stream') {
    const stream = await client.images.generate({ ...wish, stream: true })
    for await (const _ of stream) if (isLeaving(order)) stream.controller.abort()
    return
  }
  const form = base64 ? 'b64_json' : 'url'
  const asked = client.images.generate({ ...wish, response_format: form })
  const { data: made, response } = await asked.withResponse()
  know(order, response.headers)
  // Without an address each is told by its place alone.
  const urls = (made.data ?? []).map(({ url }, place) => url ?? `${order.index}-${place}`)
  got.push(urls)
}

async function chat(order: ChaosOrder, client: OpenAI): Promise<void> {
  const { model, prompt, count: n, got } = order
  const messages = [{ role: 'user' as const, content: prompt }]
  const stream = await client.chat.completions.create({ model, messages, n, stream: true })
  let text = ''
  for await (const { choices } of stream) {
    text += choices[0]?.delta.content ?? ''
    if (isLeaving(order)) stream.controller.abort()
  }
  const urls = [...text.matchAll(/\]\((http\S+?)\)/g)].map(([, url = '']) => url)
  // What breaks off before its end is no answer.
  if (urls.length > 0) got.push(urls)
}

/** A third of those who lose patience leave a stream in its middle. */
const isLeaving = ({ index, patience }: ChaosOrder): boolean =>
  patience !== undefined && index % 3 === 0

/** A client that sends again without saying so, as the AI SDK does. */
interface PlainOrder {
  readonly prompt: string
  /** An edit of a picture of so many MB; 0: no edit. */
  readonly megabytes: number
}

const PLAIN: readonly PlainOrder[] = [
  { prompt: 'an unreadable one [[result:500*4]]', megabytes: 0 },
  { prompt: 'an unheard one [[submit:cut-after]] [[run:200ms]]', megabytes: 0 },
  // Above 4 MB each upload has another address.
  { prompt: 'a large one [[result:500*4]]', megabytes: 5 },
]
/** The AI SDK comes back after 2 and 4 s. */
const PAUSES_MS = [0, 2000, 4000]

/** @returns the prompts, and how each ended */
export async function orderPlainly(
  base: string,
  key: string,
): Promise<readonly { readonly prompt: string; readonly status: number }[]> {
  return Promise.all(
    PLAIN.map(async ({ prompt, megabytes }) => {
      const picture = megabytes > 0 ? await aPictureOf(megabytes * 1024 * 1024) : undefined
      let status = 0
      for (const pause of PAUSES_MS) {
        await delay(pause)
        status = await (picture === undefined
          ? post(`${base}/images/generations`, key, JSON.stringify({ model: 'flux-dev', prompt }))
          : post(`${base}/images/edits`, key, toEdit(prompt, picture)))
        if (status === 200) break
      }
      return { prompt, status }
    }),
  )
}

async function post(url: string, key: string, body: FormData | string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` }
  const response = await fetch(url, { method: 'POST', headers, body })
  await response.text()
  return response.status
}

function toEdit(prompt: string, picture: Buffer): FormData {
  const form = new FormData()
  form.set('model', 'nano-banana')
  form.set('prompt', prompt)
  form.set('image', new File([Buffer.from(picture)], 'large.png', { type: 'image/png' }))
  return form
}
