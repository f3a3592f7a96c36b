import type { JsonObject } from '../json.ts'
import type { Endpoint } from './endpoints.ts'
import { splitEndpointId } from './endpoints.ts'
import { REFERENCE } from './json-schema.ts'

const QUEUE_STATUS: JsonObject = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] },
    request_id: { type: 'string', description: 'The request id.' },
    response_url: { type: 'string', description: 'The response url.' },
    status_url: { type: 'string', description: 'The status url.' },
    cancel_url: { type: 'string', description: 'The cancel url.' },
    logs: { type: 'object', description: 'The logs.', additionalProperties: true },
    metrics: { type: 'object', description: 'The metrics.', additionalProperties: true },
    queue_position: { type: 'integer', description: 'The queue position.' },
  },
  required: ['status', 'request_id'],
}

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } })
const reference = (name: string): JsonObject => ({ $ref: `${REFERENCE}${name}` })
const answer = (schema: JsonObject, description: string): JsonObject => ({
  '200': { description, content: json(schema) },
})

const REQUEST_ID: JsonObject = {
  name: 'request_id',
  in: 'path',
  required: true,
  schema: { type: 'string', description: 'Request ID' },
}
const LOGS: JsonObject = {
  name: 'logs',
  in: 'query',
  required: false,
  schema: {
    type: 'number',
    description: 'Whether to include logs (`1`) in the response or not (`0`).',
  },
}

function toPaths({ id, inputName, outputName }: Endpoint): JsonObject {
  const { app } = splitEndpointId(id)
  const job = `/${app}/requests/{request_id}`
  const status = answer(reference('QueueStatus'), 'The request status.')
  // fal's documents still say so; the wire answers with `status` instead.
  const success = { type: 'object', properties: { success: { type: 'boolean' } } }
  return {
    [`${job}/status`]: { get: { parameters: [REQUEST_ID, LOGS], responses: status } },
    [`${job}/cancel`]: {
      put: { parameters: [REQUEST_ID], responses: answer(success, 'The request was cancelled.') },
    },
    [`/${id}`]: {
      post: {
        requestBody: { required: true, content: json(reference(inputName)) },
        responses: status,
      },
    },
    [job]: {
      get: {
        parameters: [REQUEST_ID],
        responses: answer(reference(outputName), 'Result of the request.'),
      },
    },
  }
}

/** An endpoint's own OpenAPI document, in the form of fal.ai/api/openapi/queue/openapi.json. */
export function toOpenApi(endpoint: Endpoint, category: string): JsonObject {
  const { id } = endpoint
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${id}`,
      version: '1.0.0',
      description: `The OpenAPI schema for the ${id} queue.`,
      'x-fal-metadata': {
        endpointId: id,
        category,
        playgroundUrl: `https://fal.ai/models/${id}`,
        documentationUrl: `https://fal.ai/models/${id}/api`,
      },
    },
    components: {
      securitySchemes: {
        apiKeyAuth: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Fal Key' },
      },
      schemas: { QueueStatus: QUEUE_STATUS, ...endpoint.components },
    },
    paths: toPaths(endpoint),
    servers: [{ url: 'https://queue.fal.run' }],
    security: [{ apiKeyAuth: [] }],
  }
}
