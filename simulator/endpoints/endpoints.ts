import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

import { readEndpointTypes, type EndpointSchemas, type EndpointTypes } from './endpoint-types.ts'
import { limitImageSize, limitInput } from './input-limits.ts'
import { resolveSchema, type JsonSchema } from './json-schema.ts'
import { newerComponents, newerEndpoints } from './newer/newer-endpoints.ts'
import { usualEndpoint } from './newer/usual-endpoints.ts'

export interface Endpoint {
  readonly id: string
  readonly inputName: string
  readonly outputName: string
  readonly input: JsonSchema
  readonly output: JsonSchema
  readonly components: Readonly<Record<string, JsonSchema>>
}

type Lookup = { readonly endpoint: Endpoint } | { readonly missing: string }

export interface Endpoints {
  /** The endpoint, or fal's words for why there is none. */
  find(id: string): Lookup
  /** Every endpoint that is described by name, sorted. */
  ids(): readonly string[]
  isRetired(id: string): boolean
}

const NAMESPACES = new Set(['workflows', 'comfy'])

/** fal's path rule: `{owner}/{app}` (behind a namespace: three parts), the rest is the sub-path. */
export function splitEndpointId(id: string): { readonly app: string; readonly path: string } {
  const parts = id.split('/')
  const length = NAMESPACES.has(parts[0] ?? '') ? 3 : 2
  return { app: parts.slice(0, length).join('/'), path: parts.slice(length).join('/') }
}

/** Google ended Imagen 4 in August 2026; fal's endpoints went with it. */
export const RETIRED_BY_GOOGLE: readonly string[] = [
  'fal-ai/imagen4/preview',
  'fal-ai/imagen4/preview/fast',
  'fal-ai/imagen4/preview/ultra',
]

function readInstalledTypes(): EndpointTypes {
  const client = createRequire(import.meta.url).resolve('@fal-ai/client')
  const file = path.join(path.dirname(client), 'types/endpoints.d.ts')
  return readEndpointTypes(readFileSync(file, 'utf8'))
}

function toTitle(id: string): string {
  const words = id.split(/[^A-Za-z\d]+/).slice(1)
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function describeNewer(id: string): EndpointSchemas | undefined {
  const facts = newerEndpoints[id] ?? usualEndpoint(id)
  if (!facts) return undefined
  const inputName = `${toTitle(id)}Input`
  const outputName = `${toTitle(id)}Output`
  const components: Record<string, JsonSchema> = {
    ...newerComponents,
    [inputName]: {
      title: inputName,
      type: 'object',
      properties: facts.input,
      required: facts.required,
    },
    [outputName]: {
      title: outputName,
      type: 'object',
      properties: facts.output,
      required: Object.keys(facts.output),
    },
  }
  return { id, inputName, outputName, components }
}

function toEndpoint(schemas: EndpointSchemas): Endpoint {
  const { id, inputName, outputName } = schemas
  const size = schemas.components['ImageSize']
  const components: Record<string, JsonSchema> = {
    ...schemas.components,
    ...(size && { ImageSize: limitImageSize(size) }),
    [inputName]: limitInput(id, schemas.components[inputName] ?? {}),
  }
  const named = (name: string) => resolveSchema(components[name], components)
  return {
    id,
    inputName,
    outputName,
    input: named(inputName),
    output: named(outputName),
    components,
  }
}

/** What is described, whatever is retired. */
interface Library {
  readonly ids: () => readonly string[]
  readonly apps: ReadonlySet<string>
  readonly endpoint: (id: string) => Endpoint | undefined
}

/** The client's type file is read at the first question, not before. */
function createLibrary(): Library {
  let types: EndpointTypes | undefined
  const known = new Map<string, Endpoint>()
  const apps = new Set<string>()

  const readTypes = (): EndpointTypes => {
    if (types) return types
    types = readInstalledTypes()
    for (const id of [...types.ids, ...Object.keys(newerEndpoints)])
      apps.add(splitEndpointId(id).app)
    return types
  }
  const describe = (id: string): EndpointSchemas | undefined => {
    const described = readTypes().schemasOf(id)
    if (newerEndpoints[id]) return describeNewer(id)
    if (described) return described
    return apps.has(splitEndpointId(id).app) ? undefined : describeNewer(id)
  }
  return {
    ids: () => [...new Set([...readTypes().ids, ...Object.keys(newerEndpoints)])].toSorted(),
    apps,
    endpoint(id) {
      const cached = known.get(id)
      if (cached) return cached
      const schemas = describe(id)
      const endpoint = schemas && toEndpoint(schemas)
      if (endpoint) known.set(id, endpoint)
      return endpoint
    },
  }
}

/** One for all pretend fals of a process: what it says is the same for all, and dear to read. */
const library = createLibrary()

/** All endpoints the pretend fal knows. */
export function createEndpoints(retired: readonly string[]): Endpoints {
  const notFound = (id: string): string => {
    const { app, path: subPath } = splitEndpointId(id)
    return library.apps.has(app) && subPath !== '' && !retired.includes(id)
      ? `Path /${subPath} not found`
      : `Application "${app}" not found`
  }
  const find = (id: string): Lookup => {
    const endpoint = retired.includes(id) ? undefined : library.endpoint(id)
    return endpoint ? { endpoint } : { missing: notFound(id) }
  }
  return {
    find,
    ids: library.ids,
    isRetired: (id) => retired.includes(id),
  }
}
