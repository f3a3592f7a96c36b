import type { ImageJob } from '../../job/image/image-job.ts'
import { invalidRequest } from '../../job/problem.ts'
import type { EndpointSpec, ModelSpec } from '../model-spec.ts'

/** Names in a message: enough to choose from. */
const EXAMPLES = 5

/** An endpoint, and the job as that endpoint is to do it. */
export interface Choice {
  readonly endpoint: EndpointSpec
  readonly job: ImageJob
}

/**
 * Which endpoints may do a job: that of the model, then those of the successors that can.
 *
 * @param candidates the model, then its successors
 * @param models all models, to name those that can what the first cannot
 * @throws ProblemError `invalid_request` when the model itself cannot do it
 */
export function chooseEndpoints(
  job: ImageJob,
  [model, ...successors]: readonly [ModelSpec, ...ModelSpec[]],
  models: readonly ModelSpec[],
): readonly [Choice, ...Choice[]] {
  const others = successors.flatMap((successor) => {
    try {
      return [choose(job, successor, models)]
    } catch {
      return []
    }
  })
  return [choose(job, model, models), ...others]
}

function choose(given: ImageJob, model: ModelSpec, models: readonly ModelSpec[]): Choice {
  const own = asOwnField(given, model)
  if (own !== undefined) return own
  const job = withEarlier(given, model)
  const endpoint = job.sources.length === 0 ? fromWords(job, model) : fromImages(job, model, models)
  if (job.prompt === '' && endpoint.prompt === undefined) {
    throw invalidRequest('prompt', 'The prompt is empty: say what to draw.')
  }
  return { endpoint, job }
}

/** Where fal's endpoints for new images take one beside the words. */
const OWN_FIELDS = [
  'image_url',
  'image_urls',
  'reference_image_url',
  'reference_image_urls',
] as const

/** An image that came in a field which the endpoint for new images has itself goes into that field. */
function asOwnField(job: ImageJob, { generate }: ModelSpec): Choice | undefined {
  const name = OWN_FIELDS.find((one) => job.extra[one] !== undefined && job.extra[one] !== null)
  if (name === undefined || generate?.fields.includes(name) !== true) return undefined
  if (job.sources.length === 0 || job.mask !== undefined) return undefined
  const urls = job.sources.map(({ url }) => url)
  const value = Array.isArray(job.extra[name]) ? urls : urls[0]
  return {
    endpoint: generate,
    job: { ...job, sources: [], extra: { ...job.extra, [name]: value } },
  }
}

/** The conversation's last image becomes the first source where the model takes so many. */
function withEarlier(job: ImageJob, model: ModelSpec): ImageJob {
  const { earlier } = job
  if (earlier === undefined) return job
  const edit: ImageJob = { ...job, sources: [earlier, ...job.sources] }
  const takes = ({ sources }: EndpointSpec): boolean =>
    edit.sources.length <= Math.max(sources?.max ?? 0, 1)
  if (!endpointsFor(edit, model).some(takes)) return job
  if (/^(?:https?|data):/i.test(earlier.url)) return edit
  throw invalidRequest(
    'image',
    "The conversation's last picture stands at an address that your app alone knows: send the picture in an " +
      'image_url part, as an https URL or a data URI, or begin with --new for a new one.',
  )
}

function fromWords(job: ImageJob, model: ModelSpec): EndpointSpec {
  if (job.mask !== undefined) {
    throw invalidRequest('mask', 'A mask needs the picture that it belongs to.')
  }
  if (model.generate !== undefined) return model.generate
  throw invalidRequest(
    'image',
    `The model '${nameOf(job, model)}' works on pictures: send one to /v1/images/edits.`,
  )
}

function fromImages(job: ImageJob, model: ModelSpec, models: readonly ModelSpec[]): EndpointSpec {
  const endpoints = ableEndpoints(job, model, models)
  const count = job.sources.length
  const fitting = endpoints.find(({ sources }) => (sources?.max ?? 0) >= count)
  if (fitting === undefined) {
    const most = Math.max(...endpoints.map(({ sources }) => sources?.max ?? 0))
    throw invalidRequest(
      'image',
      `${count} pictures were sent; the model '${nameOf(job, model)}' takes at most ${most}.`,
    )
  }
  const least = fitting.sources?.min ?? 1
  if (count < least) {
    throw invalidRequest(
      'image',
      `The model '${nameOf(job, model)}' works on ${least} pictures; ${count} was sent.`,
    )
  }
  checkMask(job, fitting)
  return fitting
}

function ableEndpoints(
  job: ImageJob,
  model: ModelSpec,
  models: readonly ModelSpec[],
): readonly EndpointSpec[] {
  const endpoints = endpointsFor(job, model)
  if (endpoints.length === 0 && job.mask === undefined && model.inpaint?.mask !== undefined) {
    throw invalidRequest(
      'mask',
      `The model '${nameOf(job, model)}' works inside a mask: send one beside the picture.`,
    )
  }
  if (endpoints.length === 0) {
    const what = job.mask === undefined ? 'work on pictures' : 'work inside a mask'
    const able = models.filter((other) => endpointsFor(job, other).length > 0)
    const names = able.slice(0, EXAMPLES).map(({ names: [name] }) => name)
    throw invalidRequest(
      'model',
      `The model '${nameOf(job, model)}' cannot ${what}. Models that can: ${names.join(', ')}.`,
    )
  }
  return endpoints
}

function checkMask(job: ImageJob, { mask }: EndpointSpec): void {
  if (mask !== undefined && job.mask !== undefined && job.mask[mask.change] === undefined) {
    throw invalidRequest(
      'mask',
      mask.change === 'white'
        ? 'This model needs the mask itself, as a file or a data URI, not a URL.'
        : 'The mask must be a PNG with an alpha channel: what is transparent is changed.',
    )
  }
}

/** The model's endpoints for this kind of work, the plainest first. */
function endpointsFor(job: ImageJob, model: ModelSpec): readonly EndpointSpec[] {
  const all = [model.edit, model.editMany, model.inpaint].filter((one) => one !== undefined)
  return all.filter(
    ({ sources, mask }) =>
      sources !== undefined && (job.mask === undefined ? mask?.required !== true : mask),
  )
}

function nameOf(job: ImageJob, model: ModelSpec): string {
  return job.model ?? model.names[0]
}
