import type { ModelField } from '../api/models.ts'
import type { ExtraValue } from '../state/works/work.ts'

/** How a field of a model's own is asked for. */
export type Control =
  | { readonly kind: 'choice'; readonly values: readonly ExtraValue[] }
  | NumberControl
  | { readonly kind: 'text'; readonly most: number | undefined }

export interface NumberControl {
  readonly kind: 'number'
  readonly whole: boolean
  readonly min?: number
  readonly max?: number
}

export interface OwnField {
  readonly name: string
  readonly required: boolean
  readonly control: Control
}

/** They have a place of their own on the page. */
const ELSEWHERE = new Set(['seed', 'negative_prompt'])

/** The fields that can be asked for: plain values, but pictures and other files by their address. */
export function toOwnFields(fields: readonly ModelField[]): readonly OwnField[] {
  return fields.flatMap((field) => {
    const control = toControl(field)
    if (control === undefined || ELSEWHERE.has(field.name) || /_urls?$/.test(field.name)) return []
    return [{ name: field.name, required: field.required === true, control }]
  })
}

function toControl({ type, values, min, max }: ModelField): Control | undefined {
  if (values !== undefined && values.length > 0) return { kind: 'choice', values }
  switch (type) {
    case 'boolean':
      // Not said is neither: many of fal's switches are on by themselves.
      return { kind: 'choice', values: [true, false] }
    case 'number':
    case 'integer': {
      const range = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
      return { kind: 'number', whole: type === 'integer', ...range }
    }
    case 'string':
      return { kind: 'text', most: max }
    default:
      return undefined
  }
}

/** A number as the field takes it; undefined: the text is none. */
export function toNumber(
  text: string,
  { whole, min = -Infinity, max = Infinity }: NumberControl,
): number | undefined {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) return undefined
  return Math.min(Math.max(whole ? Math.round(value) : value, min), max)
}

/** What of an order's own fields a model takes; the same object when that is all of it. */
export function knownOf(
  extra: Readonly<Record<string, ExtraValue>>,
  fields: readonly OwnField[],
): Readonly<Record<string, ExtraValue>> {
  const entries = Object.entries(extra)
  const known = entries.filter(([name]) => fields.some((field) => field.name === name))
  return known.length === entries.length ? extra : Object.fromEntries(known)
}
