import type { ImageJob } from '../../job/image/image-job.ts'
import type { SourceImage } from '../../job/image/source-image.ts'
import { invalidRequest } from '../../job/problem.ts'
import type { EndpointSpec, FieldCheck, ModelSpec } from '../model-spec.ts'

/** Names in a message: enough to choose from. */
const EXAMPLES = 5

/** An endpoint, and the job as that endpoint is to do it. */
export interface ImageChoice {
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
): readonly [ImageChoice, ...ImageChoice[]] {
  const others = successors.flatMap((successor) => {
    try {
      return [choose(job, successor, models)]
    } catch {
      return []
    }
  })
  return [choose(job, model, models), ...others]
}

function choose(given: ImageJob, model: ModelSpec, models: readonly ModelSpec[]): ImageChoice {
  const own = asOwnFields(given, model)
  if (own !== undefined) return own
  const job = withEarlier(given, model)
  const choice =
    job.sources.length === 0
      ? { endpoint: fromWords(job, model), job }
      : fromImages(job, model, models)
  if (job.prompt === '' && choice.endpoint.prompt === undefined) {
    throw invalidRequest('prompt', 'The prompt is empty: say what to draw.')
  }
  return choice
}

/** Images that came in fields which the endpoint for new images has itself, beside the words, go into those. */
function asOwnFields(job: ImageJob, { generate }: ModelSpec): ImageChoice | undefined {
  if (generate === undefined || job.sources.length === 0 || job.mask !== undefined) return undefined
  const placed = intoOwnFields(job, generate)
  return placed.sources.length === 0 ? { endpoint: generate, job: placed } : undefined
}

/**
 * The job with those images in the endpoint's own fields that came under their names, as a style or a face to go
 * by; what is left is worked on. A field for one image takes no second one.
 */
function intoOwnFields(job: ImageJob, { fields, sources, checks }: EndpointSpec): ImageJob {
  const worked = new Set([sources?.field, ...(sources?.more ?? [])])
  const isOwn = (name: string): boolean => fields.includes(name) && !worked.has(name)
  const named = Map.groupBy(job.sources, (one) => one.fields?.find(isOwn))
  const placed = [...named].flatMap(([name, images]): readonly [string, unknown][] => {
    if (name === undefined) return []
    const sent = job.extra[name]
    const values = images.map(({ url }, index) => inShape(url, [sent].flat()[index]))
    if (isList(sent, checks?.[name])) return [[name, values]]
    return values.length === 1 ? [[name, values[0]]] : []
  })
  const taken = new Set(placed.map(([name]) => name))
  const isTaken = ({ fields: names = [] }: SourceImage): boolean => {
    const own = names.find(isOwn)
    return own !== undefined && taken.has(own)
  }
  return {
    ...job,
    sources: job.sources.filter((one) => !isTaken(one)),
    extra: { ...job.extra, ...Object.fromEntries(placed) },
  }
}

/** Some endpoints want an object with the address in it, as fal's `pulid`: what the caller wrote. */
function inShape(url: string, sent: unknown): unknown {
  const isObject = typeof sent === 'object' && sent !== null && 'image_url' in sent
  return isObject ? { ...sent, image_url: url } : url
}

/** As the schema says; where it says nothing, as the caller wrote it. */
function isList(sent: unknown, check: FieldCheck | undefined): boolean {
  const type = check?.type ?? 'any'
  return type === 'any' ? Array.isArray(sent) : type === 'array'
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

function fromImages(job: ImageJob, model: ModelSpec, models: readonly ModelSpec[]): ImageChoice {
  const choices = ableEndpoints(job, model, models).map((endpoint) => {
    const placed = intoOwnFields(job, endpoint)
    // One image at least is worked on.
    return { endpoint, job: placed.sources.length === 0 ? job : placed }
  })
  const mostOf = ({ endpoint: { sources } }: ImageChoice): number => sources?.max ?? 0
  const fitting = choices.find((one) => mostOf(one) >= one.job.sources.length)
  if (fitting === undefined) {
    throw invalidRequest(
      'image',
      `${job.sources.length} pictures were sent; the model '${nameOf(job, model)}' takes at most ${Math.max(...choices.map(mostOf))}.`,
    )
  }
  const count = fitting.job.sources.length
  const least = fitting.endpoint.sources?.min ?? 1
  if (count < least) {
    throw invalidRequest(
      'image',
      `The model '${nameOf(job, model)}' works on ${least} pictures; ${count} was sent.`,
    )
  }
  checkMask(job, fitting.endpoint)
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
