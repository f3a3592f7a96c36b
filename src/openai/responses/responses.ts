import type { AskedImageJob } from '../../job/image/image-job.ts'
import type { Call, NamedJob, RequestFacts, Surface } from '../surface.ts'
import { toServiceTier } from '../treatment.ts'
import { createResponseEvents } from './response-events.ts'
import { toResponseId, toUnkeptId, toWordsId } from './response-ids.ts'
import {
  toMessage,
  toOutput,
  toResponse,
  type EchoedTool,
  type ResponseFacts,
} from './response-object.ts'
import { readResponseRequest, type ReadImages, type ReadWords } from './response-request.ts'
import type { ResponseRequest } from './response-schema.ts'

/**
 * `POST /v1/responses` with the `image_generation` tool, see OpenAI's API reference, "Create a model
 * response".
 *
 * - Every response ends with a message, as chat answers; it stands alone where the tool was not listed, which
 *   is what clients of text models can read. A request for words is answered in words.
 * - Ignored, as there is no text model: `instructions` (told back), tools of other kinds, `include`,
 *   `max_tool_calls`, `parallel_tool_calls`, `reasoning`, `stream_options`, `temperature`, `text`, `top_p`,
 *   `truncation`, `user` and their like; parts of the input that are neither text nor images; whatever else
 *   the conversation holds before the last message.
 * - Refused: `conversation` and `prompt` (nothing is stored here), a `tool_choice` of `none` or of another
 *   tool, `action: "edit"` without an image.
 */
export const responses: Surface = {
  read(body, facts) {
    const read = readResponseRequest(body, facts)
    return read.kind === 'words' ? toAnswer(read, facts) : toCall(read, facts)
  },
}

function toCall(read: ReadImages, facts: RequestFacts): Call {
  const { options, job } = read
  const background = options.background === true
  // Who comes back for a response by its id does not look for its text alone.
  const listed = read.listed || background
  const asked = options.model ?? job.model ?? facts.deployment ?? facts.defaultModel
  const toFacts = ({ id, createdAt }: NamedJob): ResponseFacts => {
    const jobId = id ?? toUnkeptId(facts.requestId)
    return {
      ...echo(options),
      tool: toEchoedTool(options, job),
      listed,
      said: job,
      id: toResponseId(jobId, { background, listed }),
      jobId,
      createdAt,
      model: asked,
      background,
    }
  }
  const events = createResponseEvents()
  return {
    kind: 'job',
    job,
    streaming: options.stream === true,
    images: listed ? 'both' : 'url',
    emptyList: 'output',
    ...(background && {
      toAccepted: (named) => toResponse(toFacts(named), { status: 'queued' }),
    }),
    toJson(result, base64, named) {
      const known = toFacts(named)
      const output = toOutput(result, known, base64)
      return toResponse(known, { status: 'completed', output, costUsd: result.costUsd })
    },
    toEvents: (running, base64, named) => events.tell(running, toFacts(named), base64),
    toFailure: (error, named) => events.fail(error, toFacts(named)),
  }
}

/** Words instead of an image; nothing is submitted. */
function toAnswer({ options, words, listed }: ReadWords, facts: RequestFacts): Call {
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

function toEchoedTool({ tools }: ResponseRequest, job: AskedImageJob): EchoedTool {
  const action = tools[0]?.action ?? undefined
  return {
    ...(job.quality === undefined ? {} : { quality: job.quality }),
    ...(job.background === undefined ? {} : { background: job.background }),
    ...(job.format === undefined ? {} : { format: job.format }),
    ...(job.size === undefined ? {} : { size: job.size.asWritten }),
    ...(action === undefined ? {} : { action }),
  }
}
