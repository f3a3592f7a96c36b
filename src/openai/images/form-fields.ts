import * as z from 'zod/mini'

import { checkNesting } from '../../job/check-nesting.ts'
import { parseJson } from '../../lib/json.ts'

/** Texts that may look like a number and that no schema knows. */
const TEXTS = new Set(['user', 'safety_identifier'])

/**
 * A form's texts as the JSON that the caller meant: `"2"` is 2 and `"false"` is false where the field takes no text,
 * an empty text is nothing. fal's own fields are taken as JSON where they read as such.
 *
 * @param known what each field takes that is not fal's own
 * @throws ProblemError `invalid_request` for JSON that is nested too deeply
 */
export function fromFormFields(
  fields: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, z.ZodMiniType>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (typeof value !== 'string' || name === 'prompt') return [[name, value]]
      if (value.trim() === '') return []
      if (TEXTS.has(name)) return [[name, value]]
      return [
        [name, toPlain(name, value.trim(), Object.hasOwn(known, name) ? known[name] : undefined)],
      ]
    }),
  )
}

/** More digits would be another number. */
const MOST_DIGITS = 15

function toPlain(name: string, text: string, schema: z.ZodMiniType | undefined): unknown {
  if (!/^(?:true|false|null|-?\d+(?:\.\d+)?|[[{].*[\]}])$/s.test(text)) return text
  const takes = (value: unknown): boolean =>
    schema !== undefined && z.safeParse(schema, value).success
  const isNested = /^[[{]/.test(text)
  if (!isNested && (takes(text) || text.length > MOST_DIGITS)) return text
  // What is no JSON is a text that looks like it.
  const value = text === 'null' ? null : (parseJson(text) ?? text)
  checkNesting(value, name)
  return isNested && !takes(value) && takes(text) ? text : value
}
