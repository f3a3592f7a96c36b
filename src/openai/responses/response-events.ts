import type {
  ResponseCompletedEvent,
  ResponseContentPartAddedEvent,
  ResponseContentPartDoneEvent,
  ResponseCreatedEvent,
  ResponseErrorEvent,
  ResponseFailedEvent,
  ResponseImageGenCallCompletedEvent,
  ResponseImageGenCallGeneratingEvent,
  ResponseImageGenCallInProgressEvent,
  ResponseImageGenCallPartialImageEvent,
  ResponseInProgressEvent,
  ResponseOutputItemAddedEvent,
  ResponseOutputItemDoneEvent,
  ResponseQueuedEvent,
  ResponseTextDeltaEvent,
  ResponseTextDoneEvent,
} from 'openai/resources/responses/responses'

import type { AnyResult } from '../../job/any-result.ts'
import type { GeneratedImage } from '../../job/image/image-result.ts'
import { formatPixels } from '../../job/image/image-size.ts'
import type { RunningJob } from '../../job/running-job.ts'
import { drain } from '../../lib/drain.ts'
import type { JsonObject } from '../../lib/json.ts'
import { formatOf } from '../images/image-data.ts'
import type { ErrorWords, PlaceBase64, ServerEvent, ServerEvents } from '../surface.ts'
import {
  toMessage,
  toOutput,
  toPendingItem,
  toResponse,
  toTextPart,
  type MessageItem,
  type OutputItem,
  type ResponseFacts,
} from './response-object.ts'

/** An event stream of `/v1/responses`, see OpenAI's API reference, "Streaming events". */
export interface ResponseEvents {
  tell(running: RunningJob<AnyResult>, facts: ResponseFacts, base64: PlaceBase64): ServerEvents
  /** A response in words alone. */
  say(text: string, facts: ResponseFacts): ServerEvents
  /** Ends the stream: the response's own event, then one that makes the official clients throw. */
  fail(error: ErrorWords, facts: ResponseFacts): readonly ServerEvent[]
}

/** One use: the events of a stream are numbered from 0. */
export function createResponseEvents(): ResponseEvents {
  let number = 0
  const send = (event: Unnumbered): ServerEvent => {
    const data = { ...event, sequence_number: number }
    number += 1
    return { event: event.type, data }
  }
  return {
    async *tell(running, facts, base64) {
      yield [...begin(facts), ...(facts.listed ? add(facts.jobId, 0) : [addMessage(facts, 0)])].map(
        send,
      )
      const result = facts.listed
        ? yield* tellProgress(running, facts, base64, send)
        : await drain(running)
      const output = toOutput(result, facts, base64)
      for (const [index, item] of output.entries()) {
        yield toldItem(item, index, facts).map(send)
      }
      const response = toResponse(facts, { status: 'completed', output, costUsd: result.costUsd })
      yield [send({ type: 'response.completed', response })]
    },
    async *say(text, facts) {
      const output = [toMessage(facts.id, text)]
      const events = output.flatMap((item, index) => toldItem(item, index, facts))
      const response = toResponse(facts, { status: 'completed', output, costUsd: undefined })
      yield [
        ...begin({ ...facts, background: false }),
        addMessage(facts, 0),
        ...events,
        { type: 'response.completed' as const, response },
      ].map(send)
    },
    fail(error, facts) {
      const { message, code, param } = error
      const response = toResponse(facts, { status: 'failed', error })
      return [
        send({ type: 'response.failed', response }),
        // `error` beside the documented fields: openai-python throws only when it is there.
        send({ type: 'error', code, message, param, error }),
      ]
    },
  }
}

/** Tells of the first image while it is made; how many there are is known in the end. */
async function* tellProgress(
  running: RunningJob<AnyResult>,
  facts: ResponseFacts,
  base64: PlaceBase64,
  send: (event: Unnumbered) => ServerEvent,
): AsyncGenerator<readonly ServerEvent[], AnyResult, void> {
  let generating = false
  let partials = 0
  for (;;) {
    const next = await running.next()
    if (!generating && (next.done === true || next.value.type === 'started')) {
      generating = true
      yield [send(progress('generating', facts.jobId, 0))]
    }
    if (next.done === true) return next.value
    if (next.value.type !== 'partial') continue
    yield [send(partial(next.value.image, partials, facts, base64))]
    partials += 1
  }
}

/** An item that is known as a whole; the first one has been added already. */
function toldItem(item: OutputItem, index: number, facts: ResponseFacts): readonly Unnumbered[] {
  if (item.type === 'message') {
    return [
      ...(index > 0 ? [addMessage(facts, index)] : []),
      ...sayMessage(item, index),
      done(item, index),
    ]
  }
  const { jobId } = facts
  return [
    ...(index > 0 ? [...add(jobId, index), progress('generating', jobId, index)] : []),
    progress('completed', jobId, index),
    done(item, index),
  ]
}

function addMessage({ id }: ResponseFacts, index: number): Unnumbered {
  return {
    type: 'response.output_item.added',
    output_index: index,
    item: toMessage(id),
  } satisfies Bare<ResponseOutputItemAddedEvent>
}

/** The whole text in one delta: an address in two pieces is no link to some clients. */
function sayMessage({ id, content }: MessageItem, index: number): readonly Unnumbered[] {
  return content.flatMap((part, content_index) => {
    if (part.type !== 'output_text') return []
    const at = { item_id: id, output_index: index, content_index }
    const { text } = part
    return [
      {
        type: 'response.content_part.added',
        ...at,
        part: toTextPart(''),
      } satisfies Bare<ResponseContentPartAddedEvent>,
      {
        type: 'response.output_text.delta',
        ...at,
        delta: text,
        logprobs: [],
      } satisfies Bare<ResponseTextDeltaEvent>,
      {
        type: 'response.output_text.done',
        ...at,
        text,
        logprobs: [],
      } satisfies Bare<ResponseTextDoneEvent>,
      {
        type: 'response.content_part.done',
        ...at,
        part: toTextPart(text),
      } satisfies Bare<ResponseContentPartDoneEvent>,
    ]
  })
}

/** Every event that is sent, by OpenAI's own types. */
type Typed =
  | ResponseCreatedEvent
  | ResponseQueuedEvent
  | ResponseInProgressEvent
  | ResponseOutputItemAddedEvent
  | ResponseImageGenCallInProgressEvent
  | ResponseImageGenCallGeneratingEvent
  | ResponseImageGenCallCompletedEvent
  | ResponseImageGenCallPartialImageEvent
  | ResponseOutputItemDoneEvent
  | ResponseContentPartAddedEvent
  | ResponseTextDeltaEvent
  | ResponseTextDoneEvent
  | ResponseContentPartDoneEvent
  | ResponseCompletedEvent
  | ResponseFailedEvent
  | ResponseErrorEvent

type Unnumbered = JsonObject & { readonly type: Typed['type'] }

function begin(facts: ResponseFacts): readonly Unnumbered[] {
  const status = facts.background ? 'queued' : 'in_progress'
  const response = toResponse(facts, { status })
  return [
    { type: 'response.created', response },
    ...(facts.background ? [{ type: 'response.queued' as const, response }] : []),
    { type: 'response.in_progress', response: toResponse(facts, { status: 'in_progress' }) },
  ]
}

function add(jobId: string, index: number): readonly Unnumbered[] {
  const item = toPendingItem(jobId, index)
  const added = {
    type: 'response.output_item.added',
    output_index: index,
    item,
  } satisfies Bare<ResponseOutputItemAddedEvent>
  return [added, progress('in_progress', jobId, index)]
}

/** An event before it gets its number. */
type Bare<Event> = Omit<Event, 'sequence_number'>

function progress(
  step: 'in_progress' | 'generating' | 'completed',
  jobId: string,
  index: number,
): Unnumbered {
  return {
    type: `response.image_generation_call.${step}`,
    output_index: index,
    item_id: toPendingItem(jobId, index).id,
  } satisfies Omit<ResponseImageGenCallInProgressEvent, 'type' | 'sequence_number'> & {
    type: Typed['type']
  }
}

function partial(
  image: GeneratedImage,
  number: number,
  { jobId, tool }: ResponseFacts,
  base64: PlaceBase64,
): Unnumbered {
  const format = formatOf(image.contentType, image.url)
  return {
    type: 'response.image_generation_call.partial_image',
    output_index: 0,
    item_id: toPendingItem(jobId, 0).id,
    partial_image_index: number,
    partial_image_b64: base64(0),
    background: tool.background ?? 'auto',
    ...(format !== undefined && { output_format: format }),
    quality: tool.quality ?? 'auto',
    ...(image.pixels !== undefined && { size: formatPixels(image.pixels) }),
  } satisfies Bare<ResponseImageGenCallPartialImageEvent>
}

function done(item: OutputItem, index: number): Unnumbered {
  return {
    type: 'response.output_item.done',
    output_index: index,
    item,
  } satisfies Bare<ResponseOutputItemDoneEvent>
}
