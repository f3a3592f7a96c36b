import * as z from 'zod/mini'

import { speechRequest } from '../../src/openai/audio/speech-request.ts'
import { transcriptionRequest } from '../../src/openai/audio/transcription-request.ts'
import { chatRequest } from '../../src/openai/chat/chat-request.ts'
import { editRequest, variationRequest } from '../../src/openai/images/images-edits.ts'
import { generationRequest } from '../../src/openai/images/images-generations.ts'
import { responseRequest } from '../../src/openai/responses/response-schema.ts'
import { treatmentRequest } from '../../src/openai/treatment.ts'
import { remixRequest, videoRequest } from '../../src/openai/videos/video-request.ts'
import { ANSWERS, PARAMETERS } from './openapi-answers.ts'

type Json = Readonly<Record<string, unknown>>

interface Operation {
  readonly summary: string
  /** What the gateway parses the body with. */
  readonly body?: z.ZodMiniType
  /** Whether pictures may come as files of a form. */
  readonly form?: true
  /** `sound`: its bytes. */
  readonly answer: keyof typeof ANSWERS | 'sound'
  /** Whether it may also answer as a stream of events. */
  readonly streams?: true
  /** Whether it needs no key. */
  readonly open?: true
}

/** `METHOD /path` as in the table of `src/app.ts`. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'POST /v1/images/generations': {
    summary: 'Make pictures',
    body: generationRequest(),
    answer: 'images',
    streams: true,
  },
  'POST /v1/images/edits': {
    summary: 'Change pictures, also inside a mask',
    body: editRequest(),
    form: true,
    answer: 'images',
    streams: true,
  },
  'POST /v1/images/variations': {
    summary: 'Vary a picture',
    body: variationRequest(),
    form: true,
    answer: 'images',
    streams: true,
  },
  'POST /v1/files': { summary: 'Keep a picture at fal', form: true, answer: 'object' },
  'POST /v1/chat/completions': {
    summary: 'Draw the last user message',
    body: chatRequest(),
    answer: 'object',
    streams: true,
  },
  'POST /v1/responses': {
    summary: 'The Responses API with its tool image_generation',
    body: responseRequest(),
    answer: 'object',
    streams: true,
  },
  'GET /v1/responses/{id}': { summary: 'How a response stands', answer: 'object', streams: true },
  'DELETE /v1/responses/{id}': { summary: 'Nothing is kept that is deleted', answer: 'object' },
  'POST /v1/responses/{id}/cancel': { summary: 'Cancel a background response', answer: 'object' },
  'GET /v1/responses/{id}/input_items': { summary: 'An empty list', answer: 'object' },
  'GET /v1/models': {
    summary: 'List the models; scope=all lists every endpoint',
    answer: 'models',
  },
  'GET /v1/models/{id}': { summary: 'What one model takes', answer: 'modelDetail' },
  'GET /v1/images/jobs/{id}': { summary: 'How a job stands, and its pictures', answer: 'job' },
  'DELETE /v1/images/jobs/{id}': { summary: "Take a job out of fal's queue", answer: 'job' },
  'GET /v1/images/jobs': { summary: 'The last jobs of the caller', answer: 'object' },
  'GET /v1/jobs/{id}': { summary: 'How any job stands, and its result', answer: 'job' },
  'GET /v1/jobs/{id}/content': {
    summary: 'The bytes of the sound or the video that a job has made',
    answer: 'bytes',
  },
  'DELETE /v1/jobs/{id}': { summary: "Take any job out of fal's queue", answer: 'job' },
  'GET /v1/jobs': { summary: 'The last jobs of the caller, of every medium', answer: 'object' },
  'POST /v1/audio/speech': {
    summary: 'Speak a text, or make music or a sound of it',
    body: speechRequest(),
    answer: 'sound',
    streams: true,
  },
  'POST /v1/audio/transcriptions': {
    summary: 'Write speech down',
    body: transcriptionRequest(),
    form: true,
    answer: 'object',
    streams: true,
  },
  'POST /v1/audio/translations': {
    summary: 'Write speech down in English',
    body: transcriptionRequest(),
    form: true,
    answer: 'object',
    streams: true,
  },
  'GET /v1/audio/voices': { summary: "List a model's voices", answer: 'object', open: true },
  'GET /v1/audio/models': { summary: 'List the models that speak', answer: 'object', open: true },
  'GET /v1/usage': { summary: 'What the caller has spent', answer: 'object' },
  'POST /v1/videos': {
    summary: 'Order a video',
    body: videoRequest(),
    form: true,
    answer: 'video',
  },
  'POST /v1/videos/edits': {
    summary: 'Change a video',
    body: videoRequest(),
    form: true,
    answer: 'video',
  },
  'POST /v1/videos/extensions': {
    summary: 'Make a video longer',
    body: videoRequest(),
    form: true,
    answer: 'video',
  },
  'POST /v1/videos/{id}/remix': {
    summary: 'Make a video anew with other words',
    body: remixRequest(),
    answer: 'video',
  },
  'POST /v1/videos/characters': {
    summary: 'Keep a video under a name',
    form: true,
    answer: 'object',
  },
  'GET /v1/videos/characters/{id}': { summary: 'A character', answer: 'object' },
  'GET /v1/videos': { summary: 'The latest videos of the caller', answer: 'videos' },
  'GET /v1/videos/{id}': { summary: 'How a video stands', answer: 'video' },
  'DELETE /v1/videos/{id}': { summary: 'Take a video off the list', answer: 'object' },
  'GET /v1/videos/{id}/content': { summary: 'The bytes of a video', answer: 'bytes' },
  'POST /v1/video/generations': {
    summary: 'Order a video, as relays do',
    body: videoRequest(),
    form: true,
    answer: 'video',
  },
  'GET /v1/video/generations/{id}': { summary: 'How it stands, for relays', answer: 'object' },
  'POST /v1/videos/generations': {
    summary: 'Order it, as other relays do',
    body: videoRequest(),
    form: true,
    answer: 'video',
  },
  'GET /v1/videos/generations/{id}': { summary: 'How it stands, for others', answer: 'object' },
  'GET /healthz': { summary: 'Whether the gateway runs', answer: 'object', open: true },
}

/** The API in OpenAPI 3.1. What is sent is described by the very schemas that the gateway reads it with. */
export function toOpenApi(): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [key, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = key.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: toOperation(path, operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'fal-openai-worker',
      version: '1',
      description:
        "OpenAI's media surfaces in front of every model on fal that draws, films, speaks or writes down.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      parameters: PARAMETERS,
      schemas: ANSWERS,
    },
  }
}

/** Of what is no JSON. */
const CONTENT_TYPES: Readonly<Partial<Record<Operation['answer'], string>>> = {
  sound: 'audio/mpeg',
  bytes: 'video/mp4',
}

function toOperation(path: string, operation: Operation): Json {
  const { summary, body, form, answer, streams, open } = operation
  const given = [
    ...(/\{(\w+)\}/.test(path) ? [{ $ref: '#/components/parameters/id' }] : []),
    ...(body === undefined ? [] : [{ $ref: '#/components/parameters/dryRun' }]),
  ]
  const content: Json = {
    [CONTENT_TYPES[answer] ?? 'application/json']: {
      schema: { $ref: `#/components/schemas/${answer === 'sound' ? 'bytes' : answer}` },
    },
    ...(streams && { 'text/event-stream': { schema: { type: 'string' } } }),
  }
  return {
    summary,
    operationId: toOperationId(path, summary),
    ...(open && { security: [] }),
    ...(given.length > 0 && { parameters: given }),
    ...((body !== undefined || form !== undefined) && { requestBody: toBody(body, form) }),
    responses: {
      '200': { description: 'OK', content },
      ...(body !== undefined &&
        answer !== 'video' && {
          '202': { description: 'With Prefer: respond-async: the job', content: toJob() },
        }),
      default: {
        description: "What went wrong, in OpenAI's shape",
        content: { 'application/json': { schema: { $ref: '#/components/schemas/error' } } },
      },
    },
  }
}

function toJob(): Json {
  return { 'application/json': { schema: { $ref: '#/components/schemas/job' } } }
}

function toBody(body: z.ZodMiniType | undefined, form: true | undefined): Json {
  const files = { type: 'object', additionalProperties: true, properties: FILES }
  return {
    required: true,
    content: {
      ...(body !== undefined && { 'application/json': { schema: toSchema(body) } }),
      ...(form && { 'multipart/form-data': { schema: files } }),
    },
  }
}

const FILE = { type: 'string', format: 'binary' } as const

const FILES = {
  image: FILE,
  'image[]': { type: 'array', items: FILE },
  mask: FILE,
  file: FILE,
  input_reference: FILE,
  video: FILE,
}

/** What the caller sends, before anything is made of it; unknown fields are never refused. */
function toSchema(schema: z.ZodMiniType): Json {
  const options = { io: 'input', unrepresentable: 'any' } as const
  const { $schema: _, ...rest } = z.toJSONSchema(schema, options)
  const { properties } = z.toJSONSchema(treatmentRequest(), options)
  return { ...rest, properties: { ...properties, ...rest.properties } }
}

function toOperationId(path: string, summary: string): string {
  const words = `${summary.split(' ')[0]} ${path.replace('/v1', '')}`.match(/[a-z]+/gi) ?? []
  return words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word[0]?.toUpperCase() + word.slice(1)))
    .join('')
}
