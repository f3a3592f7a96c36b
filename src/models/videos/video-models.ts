import { invalidRequest } from '../../job/problem.ts'
import { onceForEach } from '../../lib/once-for-each.ts'
import { once } from '../../lib/once.ts'
import * as videos from '../generated/videos.ts'
import type { EndpointSchema } from '../schema/endpoint-schema.ts'
import { openEndpointTable } from '../schema/endpoint-table.ts'
import { readOpenApi } from '../schema/read-openapi.ts'
import type { VideoFamily } from './families/define-family.ts'
import { VIDEO_FAMILIES } from './families/index.ts'
import { inferVideoSpec, isVideoSchema } from './infer/infer-spec.ts'
import type { VideoEndpointSpec, VideoModelSpec } from './video-spec.ts'

/** The video models that there are. */
export interface VideoModels {
  /** The curated ones: each costs about a millisecond to make, once. */
  curated(): readonly VideoModelSpec[]
  /** The names of each curated one, the same way round; nothing is made for them. */
  readonly names: readonly (readonly string[])[]
  /** One of the curated ones, made when first asked for. */
  curatedAt(index: number): VideoModelSpec | undefined
  /** All ids of the generated table. */
  ids(): readonly string[]
  /** What the generated table says of an endpoint; undefined: it is not in it. */
  schemaOf(id: string): EndpointSchema | undefined
  /** The model that an endpoint is, with its siblings by fal's custom of names; undefined: not known. */
  modelOf(id: string): VideoModelSpec | undefined
  /**
   * The same of an endpoint that only fal's own OpenAPI document describes.
   *
   * @throws ProblemError `invalid_request` when it makes no videos, or the document does not describe it
   */
  modelOfDocument(id: string, document: unknown): VideoModelSpec
}

/**
 * Opens the table when it is first looked at.
 *
 * @param families others than the curated ones
 */
export function createVideoModels(families: readonly VideoFamily[] = VIDEO_FAMILIES): VideoModels {
  const table = once(() => openEndpointTable(videos))
  const newer = new Map(
    families
      .flatMap(({ endpoints }) => endpoints.filter((one) => typeof one !== 'string'))
      .map((spec) => [spec.id, spec]),
  )
  const specs = new Map<string, VideoEndpointSpec>()
  const find = (id: string): VideoEndpointSpec | undefined => {
    const known = newer.get(id) ?? specs.get(id)
    if (known !== undefined) return known
    const schema = table().schemaOf(id)
    const spec = schema && inferVideoSpec(schema)
    // Only what the table has is kept, so that foreign names fill no memory.
    if (spec !== undefined) specs.set(id, spec)
    return spec
  }
  const toModel = (spec: VideoEndpointSpec): VideoModelSpec => ({
    medium: 'video',
    names: [spec.id],
    owner: spec.id.split('/')[0] ?? 'fal-ai',
    endpoints: [spec, ...siblingsOf(spec, find)],
  })
  const curatedAt = onceForEach((index: number) => {
    const family = families[index]
    return family && toCurated(family, find)
  })
  return {
    curated: () => families.flatMap((_, index) => curatedAt(index) ?? []),
    names: families.map(({ names }) => names),
    curatedAt,
    ids: () => table().ids,
    schemaOf: (id) => table().schemaOf(id),
    modelOf(id) {
      const spec = find(id)
      return spec && toModel(spec)
    },
    modelOfDocument(id, document) {
      const schema = readOpenApi(id, document)
      if (schema === undefined) {
        throw invalidRequest('model', `fal describes no input of '${id}'.`)
      }
      if (isVideoSchema(schema)) return toModel(inferVideoSpec(schema))
      const output = schema.output.slice(0, 5).join(', ')
      throw invalidRequest('model', `'${id}' is not a video model: it makes ${output}.`)
    },
  }
}

function toCurated(
  { names, owner, endpoints, defaults, successors }: VideoFamily,
  find: (id: string) => VideoEndpointSpec | undefined,
): VideoModelSpec {
  return {
    medium: 'video',
    names,
    owner,
    endpoints: endpoints.flatMap((one) => (typeof one === 'string' ? (find(one) ?? []) : one)),
    ...(defaults !== undefined && { defaults }),
    ...(successors !== undefined && { successors }),
  }
}

/** fal's custom of names: what follows the stem says what the endpoint works on. */
const ENDINGS = [
  '/text-to-video',
  '',
  '/image-to-video',
  '/first-last-frame-to-video',
  '/start-end-to-video',
  '/transition',
  '/reference-to-video',
  '/video-to-video/edit',
  '/edit-video',
  '/video-edit',
  '/edit',
  '/modify',
  '/extend-video',
  '/extend',
  '/video-extension',
]

const ENDING =
  /\/(?:text-to-video|image-to-video|first-last-frame-to-video|start-end-to-video|transition|reference-to-video|video-to-video\/edit|edit-video|video-edit|edit|modify|extend-video|extend|video-extension)(\/fast|\/turbo|\/pro)?$/

/** `X/image-to-video/fast` has the siblings `X/text-to-video/fast` and so on. */
function siblingsOf(
  { id }: VideoEndpointSpec,
  find: (id: string) => VideoEndpointSpec | undefined,
): readonly VideoEndpointSpec[] {
  const tier = ENDING.exec(id)?.[1] ?? ''
  const stem = id.replace(ENDING, '')
  return ENDINGS.map((ending) => `${stem}${ending}${tier}`).flatMap((name) =>
    name === id ? [] : (find(name) ?? []),
  )
}
