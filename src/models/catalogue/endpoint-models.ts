import { invalidRequest } from '../../job/problem.ts'
import { onceForEach } from '../../lib/once-for-each.ts'
import { once } from '../../lib/once.ts'
import { inferSpec, type Inferred, type Work } from '../images/infer/infer-spec.ts'
import { endpointsOf, type EndpointSpec, type ModelSpec } from '../model-spec.ts'
import type { EndpointSchema } from '../schema/endpoint-schema.ts'
import { openEndpointTable, type EndpointTable } from '../schema/endpoint-table.ts'
import { readOpenApi } from '../schema/read-openapi.ts'

/** Models made of endpoints that no family names. */
export interface EndpointModels {
  /** All ids of the generated table, which is opened when first looked at. */
  ids(): readonly string[]
  /** What the generated table says of an endpoint; undefined: it is not in it. */
  schemaOf(id: string): EndpointSchema | undefined
  /** A curated model with what the table says of its endpoints' own fields. */
  withChecks(model: ModelSpec): ModelSpec
  /** The model that an endpoint is, with its siblings by fal's custom of names; undefined: not known. */
  modelOf(id: string): ModelSpec | undefined
  /**
   * The same of an endpoint that only fal's own OpenAPI document describes.
   *
   * @throws ProblemError `invalid_request` when it makes no images, or the document does not describe it
   */
  modelOfDocument(id: string, document: unknown): ModelSpec
}

type Image = Extract<Inferred, { kind: 'image' }>
const SLOTS = ['generate', 'edit', 'editMany', 'inpaint'] as const
type Slot = (typeof SLOTS)[number]

/**
 * @param curated their endpoints' facts go before those of the table
 * @param open opens another table than the generated one
 */
export function createEndpointModels(
  curated: readonly ModelSpec[],
  open: () => EndpointTable = openEndpointTable,
): EndpointModels {
  const table = once(open)
  const known = new Map(curated.flatMap(endpointsOf).map((spec) => [spec.id, spec]))
  const found = new Map<string, Image | undefined>()
  const find = (id: string): Image | undefined => {
    if (found.has(id)) return found.get(id)
    const image = inferFrom(table().schemaOf(id), known.get(id))
    // Only what the table has is kept, so that foreign names fill no memory.
    if (image !== undefined) found.set(id, image)
    return image
  }
  return {
    ids: () => table().ids,
    schemaOf: (id) => table().schemaOf(id),
    withChecks: onceForEach((model) => addChecks(model, (id) => find(id)?.spec.checks)),
    modelOf(id) {
      const image = find(id)
      return image && toModel(image, find)
    },
    modelOfDocument(id, document) {
      const schema = readOpenApi(id, document)
      if (schema === undefined) {
        throw invalidRequest('model', `fal describes no input of '${id}'.`)
      }
      const inferred = inferSpec(schema)
      if (inferred.kind === 'image') return toModel(inferred, find)
      const output = inferred.output.slice(0, 5).join(', ')
      throw invalidRequest('model', `'${id}' is not an image model: it makes ${output}.`)
    },
  }
}

/** The table is opened when a check is first asked for: most jobs send no field of fal's own. */
function addChecks(
  model: ModelSpec,
  checksOf: (id: string) => EndpointSpec['checks'] | undefined,
): ModelSpec {
  const slots = SLOTS.flatMap((slot) => {
    const spec = model[slot]
    if (spec === undefined) return []
    const checked = {
      ...spec,
      get checks() {
        return checksOf(spec.id) ?? {}
      },
    }
    return [[slot, checked] as const]
  })
  return { ...model, ...Object.fromEntries(slots) }
}

function inferFrom(
  schema: EndpointSchema | undefined,
  spec: EndpointSpec | undefined,
): Image | undefined {
  const inferred = schema && inferSpec(schema)
  const image = inferred?.kind === 'image' ? inferred : undefined
  if (spec === undefined) return image
  return { kind: 'image', work: image?.work ?? workOf(spec), spec: { ...image?.spec, ...spec } }
}

/** The kind of work of an endpoint that only a family describes. */
function workOf({ sources, mask }: EndpointSpec): Work {
  if (mask?.required === true) return 'inpaint'
  return sources === undefined ? 'generate' : 'edit'
}

function toModel(found: Image, find: (id: string) => Image | undefined): ModelSpec {
  const { id } = found.spec
  const own = slotsOf(found)
  const siblings = Object.entries(SIBLINGS).flatMap(([slot, endings]) => {
    const among = endings.map((ending) => find(stemOf(id) + ending))
    const other = among.find((one) => one !== undefined && hasSlot(one, slot))
    return other === undefined ? [] : [[slot, other.spec] as const]
  })
  return {
    names: [id],
    owner: id.split('/')[0] ?? 'fal-ai',
    ...Object.fromEntries(siblings),
    ...own,
  }
}

function slotsOf({ work, spec }: Image): Partial<Record<Slot, EndpointSpec>> {
  if (work === 'inpaint') return { inpaint: spec }
  if (work === 'generate') return { generate: spec, ...(spec.sources && { edit: spec }) }
  return spec.sources === undefined ? { generate: spec } : { edit: spec }
}

function hasSlot(found: Image, slot: string): boolean {
  if (slot === 'editMany') return found.spec.sources?.list === true
  return Object.keys(slotsOf(found))[0] === slot
}

/** fal's custom of names: `X` or `X/text-to-image` makes, `X/edit` or `X/image-to-image` works on images. */
const SIBLINGS: Readonly<Record<Slot, readonly string[]>> = {
  generate: ['', '/text-to-image', '/generate'],
  edit: ['/edit', '/image-to-image', '/edit-image', ''],
  editMany: ['/multi'],
  inpaint: ['/inpaint', '/inpainting'],
}

/** What the ids of a model's endpoints begin with. */
export function stemOf(id: string): string {
  return id.replace(
    /\/(?:text-to-image|generate|edit|image-to-image|edit-image|multi|inpaint|inpainting)$/,
    '',
  )
}
