const text = { type: 'string' } as const
const number = { type: 'number' } as const

const failure = {
  type: 'object',
  required: ['message', 'type', 'param', 'code'],
  properties: {
    message: text,
    type: text,
    param: { type: ['string', 'null'] },
    code: { type: ['string', 'null'] },
    job_id: text,
  },
} as const

/** Where answers are told apart by what stands in the path. */
export const PARAMETERS = {
  id: { name: 'id', in: 'path', required: true, schema: text },
  dryRun: {
    name: 'dry_run',
    in: 'query',
    description:
      'Nothing is submitted or uploaded: the answer is what the request would do and cost, see the schema `quote`.',
    schema: { type: 'boolean', default: false },
  },
} as const

/** What the gateway answers with. */
export const ANSWERS = {
  object: { type: 'object' },
  bytes: { type: 'string', format: 'binary' },
  error: { type: 'object', required: ['error'], properties: { error: failure } },
  quote: {
    type: 'object',
    required: ['object', 'model', 'requests', 'adjusted'],
    properties: {
      object: { enum: ['quote'] },
      model: text,
      endpoint: text,
      requests: number,
      units: number,
      unit: text,
      cost_usd: number,
      adjusted: { type: 'array', items: text },
      input: { type: 'object' },
      further: { type: 'array', items: { type: 'object' } },
    },
  },
  images: {
    type: 'object',
    required: ['created', 'data'],
    properties: {
      created: number,
      model: text,
      data: {
        type: 'array',
        items: {
          type: 'object',
          properties: { url: text, b64_json: text, revised_prompt: text },
        },
      },
      size: text,
      output_format: text,
      seed: { type: ['number', 'string'] },
      usage: { type: 'object' },
    },
  },
  job: {
    type: 'object',
    required: ['id', 'object', 'status', 'created_at', 'model', 'endpoint'],
    properties: {
      id: text,
      object: { enum: ['image.job', 'speech.job', 'transcript.job'] },
      status: { enum: ['queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired'] },
      created_at: number,
      model: text,
      endpoint: text,
      queue_position: number,
      error: failure,
      // Of another medium: what its surface answers, or where it is.
      result: { anyOf: [{ $ref: '#/components/schemas/images' }, { type: 'object' }] },
    },
  },
  model: {
    type: 'object',
    required: ['id', 'object', 'created', 'owned_by'],
    properties: {
      id: text,
      object: { const: 'model' },
      created: number,
      owned_by: text,
      maker: text,
      endpoint: text,
      sizes: { type: 'array', items: text },
      max_images: number,
      output_formats: { type: 'array', items: text },
      edit: { type: 'boolean' },
    },
  },
  modelDetail: {
    allOf: [{ $ref: '#/components/schemas/model' }],
    required: ['fields', 'edit_fields'],
    properties: {
      fields: { type: 'array', items: { $ref: '#/components/schemas/field' } },
      edit_fields: { type: 'array', items: { $ref: '#/components/schemas/field' } },
    },
  },
  field: {
    type: 'object',
    required: ['name'],
    properties: {
      name: text,
      type: { enum: ['string', 'number', 'integer', 'boolean', 'array', 'object', 'any'] },
      required: { const: true },
      values: { type: 'array', items: { type: ['string', 'number'] } },
      min: number,
      max: number,
    },
  },
  video: {
    type: 'object',
    required: [
      'id',
      'object',
      'model',
      'status',
      'progress',
      'created_at',
      'completed_at',
      'expires_at',
      'error',
      'prompt',
      'remixed_from_video_id',
      'seconds',
      'size',
    ],
    properties: {
      id: text,
      object: { const: 'video' },
      model: text,
      status: { enum: ['queued', 'in_progress', 'completed', 'failed'] },
      progress: number,
      created_at: number,
      completed_at: { type: ['number', 'null'] },
      expires_at: { type: ['number', 'null'] },
      error: { type: ['object', 'null'] },
      prompt: { type: ['string', 'null'] },
      remixed_from_video_id: { type: ['string', 'null'] },
      seconds: text,
      size: text,
      endpoint: text,
      url: text,
      queue_position: number,
      usage: { type: 'object' },
    },
  },
  videos: {
    type: 'object',
    required: ['object', 'data', 'first_id', 'last_id', 'has_more'],
    properties: {
      object: { const: 'list' },
      data: { type: 'array', items: { $ref: '#/components/schemas/video' } },
      first_id: { type: ['string', 'null'] },
      last_id: { type: ['string', 'null'] },
      has_more: { type: 'boolean' },
    },
  },
  models: {
    type: 'object',
    required: ['object', 'data'],
    properties: {
      object: { const: 'list' },
      data: { type: 'array', items: { $ref: '#/components/schemas/model' } },
    },
  },
} as const
