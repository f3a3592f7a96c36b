import type { AskedImageJob } from '../../job/image-job.ts'
import type { Surface } from '../surface.ts'
import { createResponseEvents } from './response-events.ts'
import { toResponseId, toUnkeptId } from './response-ids.ts'
import { toItems, toResponse, type EchoedTool, type ResponseFacts } from './response-object.ts'
import { readResponseRequest, type ResponseRequest } from './response-request.ts'

/**
 * `POST /v1/responses` with the `image_generation` tool, see OpenAI's API reference, "Create a model
 * response".
 *
 * - Ignored, as there is no text model: `instructions` (told back), tools of other kinds, `include`,
 *   `max_output_tokens`, `max_tool_calls`, `parallel_tool_calls`, `reasoning`, `service_tier`, `store`,
 *   `stream_options`, `temperature`, `text`, `top_p`, `truncation`, `user` and their like; parts of the input
 *   that are neither text nor images; whatever else the conversation holds before the last message.
 * - Refused: `conversation` and `prompt` (nothing is stored here), a `tool_choice` of `none` or of another
 *   tool, `action: "edit"` without an image.
 */
export const responses: Surface = {
  read(body, facts) {
    const { options, job } = readResponseRequest(body, facts)
    const background = options.background === true
    const toFacts = (known: string | undefined, model: string): ResponseFacts => {
      const jobId = known ?? toUnkeptId(facts.requestId)
      return {
        ...echo(options, job),
        id: toResponseId(jobId, background),
        jobId,
        createdAt: facts.nowSeconds,
        model,
        background,
      }
    }
    const asked = options.model ?? job.model ?? facts.deployment ?? facts.defaultModel
    const events = createResponseEvents()
    return {
      kind: 'job',
      job,
      streaming: options.stream === true,
      images: 'b64_json',
      emptyList: 'output',
      ...(background
        ? {
            toAccepted: (jobId) => toResponse(toFacts(jobId, asked), { status: 'queued' }),
          }
        : {}),
      toJson(result, base64, jobId) {
        const known = toFacts(jobId, asked)
        const output = toItems(result, known, base64)
        return toResponse(known, { status: 'completed', output, costUsd: result.costUsd })
      },
      toEvents: (running, base64, jobId) => events.tell(running, toFacts(jobId, asked), base64),
      toFailure: (error, jobId) => events.fail(error, toFacts(jobId, asked)),
    }
  },
}

type Echo = Omit<ResponseFacts, 'id' | 'jobId' | 'createdAt' | 'model' | 'background'>

function echo(options: ResponseRequest, job: AskedImageJob): Echo {
  return {
    tool: toEchoedTool(options, job),
    toolChoice: options.tool_choice === 'required' ? 'required' : 'auto',
    instructions: options.instructions ?? null,
    metadata: options.metadata ?? {},
    previousResponseId: options.previous_response_id ?? null,
    temperature: options.temperature ?? null,
    topP: options.top_p ?? null,
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
