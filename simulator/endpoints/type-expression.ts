import { REFERENCE, type JsonSchema } from './json-schema.ts'

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_$][\w$]*|[<>|,()[\]])/y

function toTokens(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    tokens.push(found[1] ?? '')
  }
  return tokens
}

function toNamed(name: string, alternatives: readonly string[]): JsonSchema | undefined {
  // `string | Blob | File` is the client's way to say that it uploads the file and sends its URL.
  if (name === 'Blob' || (name === 'File' && alternatives.includes('Blob'))) return undefined
  if (name === 'string' || name === 'number' || name === 'boolean') return { type: name }
  if (name === 'unknown' || name === 'void' || name === 'never' || name === 'Record') return {}
  return { $ref: `${REFERENCE}${name}` }
}

function toLiteral(token: string): string | number {
  const value: unknown = JSON.parse(token)
  return typeof value === 'string' || typeof value === 'number' ? value : token
}

function toEnum(literals: readonly (string | number)[]): readonly JsonSchema[] {
  const strings = literals.filter((value) => typeof value === 'string')
  const numbers = literals.filter((value) => typeof value === 'number')
  return [
    ...(strings.length > 0 ? [{ type: 'string', enum: strings } as const] : []),
    ...(numbers.length > 0 ? [{ type: 'number', enum: numbers } as const] : []),
  ]
}

function toUnion(branches: readonly JsonSchema[]): JsonSchema {
  const unique = branches.filter(
    (branch, index) =>
      branches.findIndex((other) => JSON.stringify(other) === JSON.stringify(branch)) === index,
  )
  if (unique.some((branch) => Object.keys(branch).length === 0)) return {}
  const [only] = unique
  return unique.length === 1 && only ? only : { anyOf: unique }
}

/** Reads one union off the front of the tokens: literals, names and `Array<…>`. */
function readUnion(tokens: string[]): JsonSchema {
  const branches: JsonSchema[] = []
  const literals: (string | number)[] = []
  const names = tokens.slice(0, tokens.includes('>') ? tokens.indexOf('>') : tokens.length)
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
    if (/^["\d-]/.test(token)) literals.push(toLiteral(token))
    else if (token === 'Array') branches.push(readArray(tokens))
    else branches.push(...[toNamed(token, names)].filter((branch) => branch !== undefined))
    if (tokens[0] !== '|') break
    tokens.shift()
  }
  return toUnion([...branches, ...toEnum(literals)])
}

function readArray(tokens: string[]): JsonSchema {
  tokens.shift()
  const items = readUnion(tokens)
  tokens.shift()
  return { type: 'array', items }
}

/** `ImageSize | "square" | Array<string>` -> JSON Schema; a type of ours becomes a `$ref`. */
export function readTypeExpression(text: string): JsonSchema {
  return readUnion(toTokens(text))
}
