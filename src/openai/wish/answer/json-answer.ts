import * as z from 'zod/mini'

import type { JsonObject } from '../../../lib/json.ts'
import { once } from '../../../lib/once.ts'

/** What an answer's fields can be filled with. */
export interface Filling {
  /** A few words that name the conversation. */
  readonly title: string
  /** What the user said last. */
  readonly last: string
  /** All that the user said. */
  readonly all: string
}

type JsonValue = JsonObject[string]

const schemaShape = once(() =>
  z.looseObject({
    type: z.optional(z.union([z.string(), z.array(z.string())])),
    enum: z.optional(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    const: z.optional(z.union([z.string(), z.number(), z.boolean(), z.null()])),
    minimum: z.optional(z.number()),
    properties: z.optional(z.record(z.string(), z.unknown())),
  }),
)

/** Schemas nest; deeper than this nobody asks a chat. */
const DEEPEST = 6

/** @returns an object by a JSON schema; undefined: it asks for nothing by name */
export function fillSchema(schema: unknown, filling: Filling): JsonObject | undefined {
  const read = schemaShape().safeParse(schema)
  if (!read.success || read.data.properties === undefined) return undefined
  const fields = Object.entries(read.data.properties).map(
    ([key, value]) => [key, toValue(key, value, filling, DEEPEST)] as const,
  )
  return fields.length === 0 ? undefined : Object.fromEntries(fields)
}

function toValue(key: string, schema: unknown, filling: Filling, depth: number): JsonValue {
  const read = schemaShape().safeParse(schema)
  if (!read.success) return toText(key, filling)
  const { type, enum: choices, const: only, minimum, properties } = read.data
  const fixed = only ?? choices?.[0]
  if (fixed !== undefined) return fixed
  switch (typeof type === 'object' ? type.find((one) => one !== 'null') : type) {
    case 'array':
      return []
    case 'boolean':
      return false
    case 'number':
    case 'integer':
      return minimum ?? 0
    case 'object':
      return toFields(properties ?? {}, filling, depth)
    case 'string':
      return toText(key, filling)
    default:
      return properties === undefined ? toText(key, filling) : toFields(properties, filling, depth)
  }
}

function toFields(
  properties: Readonly<Record<string, unknown>>,
  filling: Filling,
  depth: number,
): JsonObject {
  if (depth === 0) return {}
  const fields = Object.entries(properties).map(
    ([name, value]) => [name, toValue(name, value, filling, depth - 1)] as const,
  )
  return Object.fromEntries(fields)
}

/** A field that a text shows: `"title": "…"`. */
const SHOWN = /"(?<key>[\p{L}\p{N}_-]{1,40})"\s{0,3}:\s{0,3}(?<begins>.)/gsu

/** Before a list of the fields' names. */
const NAMED =
  /(?:keys?|fields?|properties|Schlüsseln?|Feldern?|clés?|champs|claves?|campos?|chaves?|chiavi|campi|ключ\p{L}{0,4}|пол\p{L}{1,3}|键|字段|鍵|欄位|キー|フィールド|키|필드)\s?[:：]?\s(?<names>[^.\n。]{1,80})/iu

/** More fields are no answer's. */
const MOST_FIELDS = 12

/** @returns an object with the fields that a text names; undefined: it names none */
export function fillNamed(text: string, filling: Filling): JsonObject | undefined {
  const shown = [...text.matchAll(SHOWN)].slice(0, MOST_FIELDS)
  if (shown.length > 0) {
    const fields = shown.map(({ groups }) => {
      const key = groups?.['key'] ?? ''
      return [key, begun(groups?.['begins'] ?? '', key, filling)] as const
    })
    return Object.fromEntries(fields)
  }
  const names = (NAMED.exec(text)?.groups?.['names'] ?? '')
    .split(/,|、|，| and | und | et | y | e | и |和|と|및/u)
    .map((name) => /^\W{0,3}(?<name>[\p{L}\p{N}_-]{1,30})/u.exec(name)?.groups?.['name'] ?? '')
    .filter((name) => name !== '')
  if (names.length === 0) return undefined
  return Object.fromEntries(names.map((name) => [name, toText(name, filling)] as const))
}

function begun(letter: string, key: string, filling: Filling): JsonValue {
  if (letter === '[') return []
  if (letter === 't' || letter === 'f') return false
  return /\d/u.test(letter) ? 0 : toText(key, filling)
}

function toText(key: string, { title, last, all }: Filling): string {
  if (/prompt|query|question|input|text|request/iu.test(key)) return last
  return /summary|description|recap|memory|content/iu.test(key) ? all : title
}
