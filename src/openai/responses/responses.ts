import * as z from 'zod/mini'

import type { AnyResult } from '../../job/any-result.ts'
import type { RunningJob } from '../../job/running-job.ts'
import { once } from '../../lib/once.ts'
import type { Wish } from '../conversation/conversation.ts'
import type { Call, NamedJob, PlaceBase64, RequestFacts, Surface } from '../surface.ts'
import { toServiceTier } from '../treatment.ts'
import { createResponseEvents } from './response-events.ts'
import { toResponseId, toUnkeptId, toWordsId } from './response-ids.ts'
import { toMessage, toOutput, toResponse, type ResponseFacts } from './response-object.ts'
import { readResponseRequest, type ReadResponse } from './response-request.ts'
import type { ResponseRequest } from './response-schema.ts'

/**
 * `POST /v1/responses` with the `image_generation` tool, see OpenAI's API reference, "Create a model
 * response".
 *
 * - Every response ends with a message, as chat answers; it stands alone where the tool was not listed, which
 *   is what clients of text models can read. A request for words is answered in words.
 * - Ignored, as there is no text model: `instructions` (told back), tools of other kinds, `include`,
 *   `max_tool_calls`, `parallel_tool_calls`, `reasoning`, `stream_options`, `temperature`, `text`, `top_p`,
 *   `truncation`, `user` and their like; whatever else the conversation holds before the last message.
 * - Refused: `conversation` and `prompt` (nothing is stored here), a `tool_choice` of `none` or of another
 *   tool, `action: "edit"` without an image.
 */
export const responses: Surface = {
  modelOf(body) {
    const { tools, model } = named().parse(body)
    return tools?.find((one) => one?.model)?.model ?? model
  },
  read(body, facts) {
    const read = readResponseRequest(body, facts)
    const { wish } = read
    return wish.kind === 'words' ? toAnswer(wish.words, read, facts) : toCall(wish, read, facts)
  },
}

const name = once(() => z.catch(z.optional(z.string()), undefined))

/** Which model is named; what is wrong with the rest is said when all is read. */
const named = once(() =>
  z.object({
    model: name(),
    tools: z.catch(
      z.optional(
        z.array(
          z.catch(
            z.optional(z.object({ type: z.literal('image_generation'), model: name() })),
            undefined,
          ),
        ),
      ),
      undefined,
    ),
  }),
)

function toCall(
  { said, ...work }: Extract<Wish, { kind: 'work' }>,
  read: ReadResponse,
  facts: RequestFacts,
): Call {
  const { options, tool } = read
  const background = options.background === true
  // Who comes back for a response by its id does not look for its text alone.
  const listed = work.medium === 'image' && (read.listed || background)
  const asked = options.model ?? work.job.model ?? facts.deployment ?? facts.defaultModel
  const toFacts = ({ id, createdAt }: NamedJob): ResponseFacts => {
    const jobId = id ?? toUnkeptId(facts.requestId)
    return {
      ...echo(options),
      tool,
      listed,
      said,
      id: toResponseId(jobId, { background, listed }),
      jobId,
      createdAt,
      model: asked,
      background,
    }
  }
  const events = createResponseEvents()
  return {
    ...work,
    kind: 'job',
    streaming: options.stream === true,
    form: listed ? 'both' : work.form,
    emptyList: 'output',
    ...(background && {
      toAccepted: (job: NamedJob) => toResponse(toFacts(job), { status: 'queued' }),
    }),
    toJson(result: AnyResult, base64: PlaceBase64, job: NamedJob) {
      const known = toFacts(job)
      const output = toOutput(result, known, base64)
      return toResponse(known, { status: 'completed', output, costUsd: result.costUsd })
    },
    toEvents: (running: RunningJob<AnyResult>, base64: PlaceBase64, job: NamedJob) =>
      events.tell(running, toFacts(job), base64),
    toFailure: (error, job) => events.fail(error, toFacts(job)),
  }
}

/** Words alone; nothing is submitted. */
function toAnswer(words: string, { options, listed }: ReadResponse, facts: RequestFacts): Call {
  const id = toWordsId(facts.requestId)
  const known: ResponseFacts = {
    ...echo(options),
    tool: {},
    listed,
    said: undefined,
    id,
    jobId: id,
    createdAt: facts.nowSeconds,
    model: options.model ?? facts.deployment ?? facts.defaultModel,
    background: options.background === true,
  }
  return {
    kind: 'answer',
    model: known.model,
    streaming: options.stream === true,
    toJson: () =>
      toResponse(known, {
        status: 'completed',
        output: [toMessage(id, words)],
        costUsd: undefined,
      }),
    toEvents: () => createResponseEvents().say(words, known),
  }
}

type Echo = Pick<
  ResponseFacts,
  | 'toolChoice'
  | 'instructions'
  | 'metadata'
  | 'previousResponseId'
  | 'temperature'
  | 'topP'
  | 'safetyIdentifier'
  | 'serviceTier'
>

function echo(options: ResponseRequest): Echo {
  return {
    toolChoice: options.tool_choice ?? 'auto',
    instructions: options.instructions ?? null,
    metadata: options.metadata ?? {},
    previousResponseId: options.previous_response_id ?? null,
    temperature: options.temperature ?? null,
    topP: options.top_p ?? null,
    safetyIdentifier: options.safety_identifier ?? undefined,
    serviceTier: toServiceTier(options.service_tier),
  }
}
