import { REFERENCE, type JsonSchema } from './json-schema.ts'
import { readTypeExpression } from './type-expression.ts'

/** One endpoint's schemas; `$ref`s point into `components`. */
export interface EndpointSchemas {
  readonly id: string
  readonly inputName: string
  readonly outputName: string
  readonly components: Readonly<Record<string, JsonSchema>>
}

export interface EndpointTypes {
  readonly ids: readonly string[]
  /** `undefined` when the file does not know the endpoint. */
  schemasOf(id: string): EndpointSchemas | undefined
}

const DECLARATION = /^export type (\w+) = (?:(\{)\n|([^\n]+);\n)/gm
const ENDPOINT = /^ {4}"([^"]+)": \{\n {8}input: (\w+);\n {8}output: (\w+);/gm
const MEMBER = /(?:\/\*\*([\s\S]*?)\*\/\s*)?^ {4}(?:"([^"]+)"|(\w+))(\??): ([^\n]+);$/gm

/** `Default value: `X`` at the end of a description; X is JSON, or a bare word of an enum. */
const DEFAULT = /\s*Default value: `([\s\S]*)`\s*$/

function toDescription(comment: string): string {
  return comment.replaceAll(/^\s*\* ?/gm, '').trim()
}

function toDefault(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function toProperty(expression: string, comment: string): JsonSchema {
  const text = toDescription(comment)
  const stated = DEFAULT.exec(text)?.[1]
  const description = text.replace(DEFAULT, '')
  return {
    ...readTypeExpression(expression),
    ...(description !== '' && { description }),
    ...(stated !== undefined && { default: toDefault(stated) }),
  }
}

function toObjectSchema(name: string, body: string): JsonSchema {
  const properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  for (const [, comment = '', quoted, plain, optional, expression = ''] of body.matchAll(MEMBER)) {
    const field = quoted ?? plain ?? ''
    properties[field] = toProperty(expression, comment)
    if (optional === '') required.push(field)
  }
  return { title: name, type: 'object', properties, ...(required.length > 0 && { required }) }
}

function indexDeclarations(source: string): ReadonlyMap<string, string> {
  const bodies = new Map<string, string>()
  for (const found of source.matchAll(DECLARATION)) {
    const [whole, name = '', brace, alias] = found
    const start = found.index + whole.length
    bodies.set(name, brace ? source.slice(start, source.indexOf('\n};', start) + 1) : (alias ?? ''))
  }
  return bodies
}

const ALIAS = /^\w+$/

/** Every `$ref` inside, at any depth. */
function referencesIn(schema: JsonSchema): readonly string[] {
  const inner = [
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
    ...Object.values(schema.properties ?? {}),
  ]
  const own = schema.$ref === undefined ? [] : [schema.$ref.slice(REFERENCE.length)]
  return [...own, ...inner.flatMap(referencesIn)]
}

/**
 * Reads the endpoint types that fal's JavaScript client is published with (`types/endpoints.d.ts`, a
 * generated file of one shape: object types with doc comments, aliases, unions and arrays).
 * Building the index is cheap; a type's body is read when somebody asks for an endpoint that uses it.
 */
export function readEndpointTypes(source: string): EndpointTypes {
  const bodies = indexDeclarations(source)
  const table = new Map<string, readonly [string, string]>()
  for (const [, id = '', input = '', output = ''] of source.matchAll(ENDPOINT)) {
    table.set(id, [input, output])
  }
  const schemaOf = (name: string): JsonSchema => {
    const body = bodies.get(name) ?? ''
    if (ALIAS.test(body)) return { ...schemaOf(body), title: name }
    return body.startsWith(' ') || body.startsWith('/')
      ? toObjectSchema(name, body)
      : { title: name, type: 'object', properties: {} }
  }
  const collect = (name: string, components: Record<string, JsonSchema>): void => {
    if (components[name]) return
    const schema = schemaOf(name)
    components[name] = schema
    for (const reference of referencesIn(schema)) collect(reference, components)
  }
  return {
    ids: [...table.keys()],
    schemasOf(id) {
      const names = table.get(id)
      if (!names) return undefined
      const components: Record<string, JsonSchema> = {}
      for (const name of names) collect(name, components)
      return { id, inputName: names[0], outputName: names[1], components }
    },
  }
}
