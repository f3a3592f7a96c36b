import { readEvents } from '../../api/events.ts'
import { GatewayError, type Gateway } from '../../api/gateway.ts'
import { chatChunk, imageJob } from '../../api/schemas.ts'
import { failureOf, followJob, toImages } from '../works/follow-job.ts'
import { leadsToImage, type Turn } from './turn.ts'

/** What a question is asked with. */
interface Question {
  readonly model: string
  /** The last is the answer, still empty. */
  readonly turns: readonly Turn[]
}

/** How an answer is waited for. */
export interface AnswerAccess {
  readonly gateway: Gateway
  /** Aborted: nobody waits any longer. */
  readonly signal: AbortSignal
  /** Changes the answer. */
  readonly tell: (make: (turn: Turn) => Turn) => void
  /** Is told the job's id as soon as it is known. */
  readonly accepted: (jobId: string) => void
}

/**
 * Asks, once, and tells the answer as it comes. The job does not hang on this connection: when the page is
 * closed it goes on, and `pickUpTurn` finds it again.
 *
 * @throws GatewayError
 */
export async function answerTurn({ model, turns }: Question, access: AnswerAccess): Promise<void> {
  const { gateway, signal, tell, accepted } = access
  const said = turns.filter(({ content }) => content !== '')
  const messages = said.map(({ role, content }) => ({ role, content }))
  // Without the signal: who leaves before the job's id is known could not have the job cancelled.
  const response = await gateway.request('/chat/completions', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      prefer: 'respond-async',
      'idempotency-key': turns.at(-1)?.id ?? '',
    },
    body: JSON.stringify({ model, messages, stream: true }),
  })
  const jobId = response.headers.get('x-job-id') ?? undefined
  if (jobId !== undefined) accepted(jobId)
  let words = ''
  try {
    for await (const { content, progress } of readWords(response)) {
      if (signal.aborted) return
      words += content
      tell((turn) => ({
        ...turn,
        content: words,
        progress: turn.progress + progress,
      }))
    }
  } catch (error) {
    // What has an id is asked for, whatever became of the stream.
    if (jobId === undefined) throw error
  }
  if (jobId !== undefined) await pickUpTurn(jobId, access, words)
}

interface Words {
  readonly content: string
  readonly progress: string
}

async function* readWords(response: Response): AsyncGenerator<Words, void, void> {
  for await (const data of readEvents(response)) {
    const { choices = [], error } = chatChunk.parse(data)
    if (error !== undefined) throw new GatewayError(error.message, 200, error.code ?? undefined)
    const delta = choices[0]?.delta
    yield { content: delta?.content ?? '', progress: delta?.reasoning_content ?? '' }
  }
}

/**
 * Waits for an answer's job, and tells its pictures.
 *
 * @param content the answer's words, as far as they came
 * @throws GatewayError
 */
export async function pickUpTurn(
  jobId: string,
  { gateway, signal, tell }: Omit<AnswerAccess, 'accepted'>,
  content = '',
): Promise<void> {
  const ended = await followJob(jobId, { gateway, signal, told: () => undefined })
  if (ended === undefined) return
  const { job } = ended
  if (job.status === 'cancelled') throw new GatewayError('', 200, 'job_cancelled')
  if (job.status !== 'completed') throw failureOf(job)
  const whole = leadsToImage(content) ? content : await fetchMarkdown(jobId, gateway, signal)
  tell((turn) => ({ ...turn, pictures: toImages(job), content: whole, failure: undefined }))
}

/** The pictures' addresses as an answer has them, for one whose words did not come. */
async function fetchMarkdown(
  jobId: string,
  gateway: Gateway,
  signal: AbortSignal,
): Promise<string> {
  const response = await gateway.request(`/images/jobs/${jobId}`, { signal })
  const { result } = imageJob.parse(await response.json())
  const urls = (result?.data ?? []).flatMap(({ url }) => url ?? [])
  return urls.map((url) => `![Generated Image](${url})`).join('\n\n')
}
