import { checkNesting } from '../../job/check-nesting.ts'
import { parseJson } from '../../lib/json.ts'

/** Texts that may look like a number and are none. */
const TEXTS = new Set([
  'model',
  'size',
  'quality',
  'background',
  'output_format',
  'response_format',
  'moderation',
  'style',
  'user',
  'negative_prompt',
  'image_size',
  'aspect_ratio',
  'resolution',
  'input_fidelity',
  'safety_identifier',
  'complexity',
])

/**
 * A form's texts as the JSON that the caller meant: `"2"` is 2, `"false"` is false, an empty text is
 * nothing. fal's own fields are taken as JSON where they read as such.
 *
 * @throws ProblemError `invalid_request` for JSON that is nested too deeply
 */
export function fromFormFields(
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (typeof value !== 'string' || name === 'prompt') return [[name, value]]
      if (value.trim() === '') return []
      if (TEXTS.has(name)) return [[name, value]]
      return [[name, toPlain(name, value.trim())]]
    }),
  )
}

function toPlain(name: string, text: string): unknown {
  if (!/^(?:true|false|null|-?\d+(?:\.\d+)?|[[{].*[\]}])$/s.test(text)) return text
  // What is no JSON is a text that looks like it.
  const value = text === 'null' ? null : (parseJson(text) ?? text)
  checkNesting(value, name)
  return value
}
