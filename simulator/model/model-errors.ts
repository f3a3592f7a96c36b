/** Where in the body the error points: at the prompt, at the image that was sent, or at the whole body. */
type Place = 'body' | 'prompt' | 'image' | { readonly field: string; readonly input: unknown }

export interface ModelError {
  readonly status: number
  readonly message: string
  readonly place: Place
  readonly context?: Readonly<Record<string, unknown>>
}

const atImage = (message: string, context?: ModelError['context']): ModelError => ({
  status: 422,
  message,
  place: 'image',
  ...(context && { context }),
})

const atBody = (status: number, message: string): ModelError => ({ status, message, place: 'body' })

const atField = (field: string, input: unknown, error: Omit<ModelError, 'place' | 'status'>) => ({
  status: 422,
  place: { field, input },
  ...error,
})

const formats = (list: readonly string[]) => ({ supported_formats: list })

/** The model errors that fal documents, with the texts of fal.ai/docs/documentation/model-apis/errors.md. */
export const modelErrors: Readonly<Record<string, ModelError>> = {
  internal_server_error: atBody(500, 'Internal server error'),
  generation_timeout: atBody(504, 'Generation timeout'),
  downstream_service_error: atBody(400, 'Downstream service error'),
  downstream_service_unavailable: atBody(500, 'Downstream service unavailable'),
  content_policy_violation: {
    status: 422,
    message:
      'The content could not be processed because it contained material flagged by a content checker.',
    place: 'prompt',
  },
  no_media_generated: atBody(
    422,
    'The model did not generate the expected output for this prompt.',
  ),
  image_too_small: atImage('Image too small', { min_height: 512, min_width: 512 }),
  image_too_large: atImage('Image too large', { max_height: 1024, max_width: 1024 }),
  image_load_error: atImage('Image load error'),
  file_download_error: atImage('File download error'),
  face_detection_error: atImage('Could not detect face in the image'),
  file_too_large: atImage('File too large', { max_size: 10_485_760 }),
  greater_than: atField('num_images', 0, {
    message: 'Input should be greater than 0',
    context: { gt: 0 },
  }),
  greater_than_equal: atField('guidance_scale', 0, {
    message: 'Input should be greater than or equal to 1',
    context: { ge: 1 },
  }),
  less_than: atField('seed', 4_294_967_296, {
    message: 'Input should be less than 4294967296',
    context: { lt: 4_294_967_296 },
  }),
  less_than_equal: atField('guidance_scale', 21, {
    message: 'Input should be less than or equal to 20',
    context: { le: 20 },
  }),
  multiple_of: atField('width', 1000, {
    message: 'Input should be a multiple of 16',
    context: { multiple_of: 16 },
  }),
  sequence_too_short: {
    status: 422,
    message: 'Sequence too short',
    place: 'prompt',
    context: { min_length: 3 },
  },
  sequence_too_long: {
    status: 422,
    message: 'Sequence too long',
    place: 'prompt',
    context: { max_length: 5000 },
  },
  one_of: atField('scheduler', 'InvalidScheduler', {
    message: "Input should be 'EulerA' or 'DPM++'",
    context: { expected: ['EulerA', 'DPM++'] },
  }),
  feature_not_supported: atField('advanced_feature', true, { message: 'Feature not supported' }),
  invalid_archive: atField('images_data_url', 'https://example.com/archive.rar', {
    message: 'Invalid archive',
    context: { supported_extensions: ['.zip'] },
  }),
  archive_file_count_below_minimum: atField('images_data_url', 'https://example.com/archive.zip', {
    message: 'Archive contains fewer files than the minimum',
    context: { min_count: 5, provided_count: 2, supported_extensions: ['.jpg', '.png'] },
  }),
  archive_file_count_exceeds_maximum: atField(
    'images_data_url',
    'https://example.com/archive.zip',
    {
      message: 'Archive contains more files than the maximum',
      context: { max_count: 50, provided_count: 200, supported_extensions: ['.jpg', '.png'] },
    },
  ),
  audio_duration_too_long: atField('audio_url', 'https://example.com/long.mp3', {
    message: 'Audio duration too long',
    context: { max_duration: 60, provided_duration: 75.5 },
  }),
  audio_duration_too_short: atField('audio_url', 'https://example.com/short.mp3', {
    message: 'Audio duration too short',
    context: { min_duration: 5, provided_duration: 1.5 },
  }),
  video_duration_too_long: atField('video_url', 'https://example.com/long.mp4', {
    message: 'Video duration too long',
    context: { max_duration: 60, provided_duration: 75.5 },
  }),
  video_duration_too_short: atField('video_url', 'https://example.com/short.mp4', {
    message: 'Video duration too short',
    context: { min_duration: 5, provided_duration: 1.5 },
  }),
  unsupported_image_format: atImage(
    'Unsupported image format. Supported formats are .jpg, .jpeg, .png, .webp.',
    formats(['.jpg', '.jpeg', '.png', '.webp']),
  ),
  unsupported_audio_format: atField('audio_url', 'https://example.com/audio.flac', {
    message: 'Unsupported audio format. Supported formats are .mp3, .wav.',
    context: formats(['.mp3', '.wav']),
  }),
  unsupported_video_format: atField('video_url', 'https://example.com/video.avi', {
    message: 'Unsupported video format. Supported formats are .mp4, .mov.',
    context: formats(['.mp4', '.mov']),
  }),
  // Not documented by fal, but seen on the wire.
  invalid_request: atBody(422, 'Invalid request'),
}
