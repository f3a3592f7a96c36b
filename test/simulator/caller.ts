import { z } from 'zod'

import type { Simulator } from '../../simulator/start-simulator.ts'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

interface CallOptions {
  readonly method?: string
  readonly input?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const submitted = z.object({
  status: z.literal('IN_QUEUE'),
  request_id: z.string(),
  response_url: z.url(),
  status_url: z.url(),
  cancel_url: z.url(),
  queue_position: z.number(),
})

type Submitted = z.infer<typeof submitted>

const answered = z.object({
  images: z.array(
    z.looseObject({ url: z.string(), width: z.number().optional(), height: z.number().optional() }),
  ),
})

/** The images of a model's answer. */
export const readImages = (body: unknown) => answered.parse(body).images

const refusal = z.object({ detail: z.string() })

/** fal's words in a plain refusal. */
export const readDetail = (body: unknown): string => refusal.parse(body).detail

export interface Caller {
  call(pathOrUrl: string, options?: CallOptions): Promise<Answer>
  submit(endpoint: string, input: unknown, headers?: CallOptions['headers']): Promise<Submitted>
  /** Submits, waits for COMPLETED, and reads the result. */
  finish(endpoint: string, input: unknown, headers?: CallOptions['headers']): Promise<Answer>
  /** Waits until the job is COMPLETED. */
  wait(job: Submitted): Promise<Answer>
}

/** A plain HTTP client of the pretend fal, with nothing clever in between. */
export function createCaller(simulator: Simulator, key = 'tester:secret'): Caller {
  const call: Caller['call'] = async (pathOrUrl, { method = 'GET', input, headers } = {}) => {
    const url = new URL(pathOrUrl, simulator.url)
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Key ${key}`, 'content-type': 'application/json', ...headers },
      ...(input !== undefined && { body: JSON.stringify(input) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type') === 'application/json'
    const body: unknown = isJson ? JSON.parse(text) : text
    return { status: answer.status, headers: answer.headers, body }
  }
  const submit: Caller['submit'] = async (endpoint, input, headers = {}) => {
    const { body } = await call(`/queue/${endpoint}`, { method: 'POST', input, headers })
    return submitted.parse(body)
  }
  const wait: Caller['wait'] = async (job) => {
    const answer = await call(job.status_url)
    if (answer.status === 200) return answer
    await new Promise((resolve) => setTimeout(resolve, 5))
    return wait(job)
  }
  return {
    call,
    submit,
    wait,
    async finish(endpoint, input, headers) {
      const job = await submit(endpoint, input, headers)
      await wait(job)
      return call(job.response_url)
    },
  }
}
