import { isJsonObject } from '../../lib/json.ts'

type Tree = Readonly<Record<string, unknown>>

/** Deeper than any client nests: `frame_images[0][image_url][url]`. */
const MOST_DEPTH = 5

/**
 * A form's names as the JSON that they stand for: `input_reference[image_url]` is a field of an object,
 * `images[0]` and `images[]` are of a list. A name that is none of these stays as it is.
 */
export function toFormTree(fields: Tree): Tree {
  const tree = new Map<string, unknown>()
  for (const [name, value] of Object.entries(fields)) {
    const steps = stepsOf(name)
    const [first = name, ...rest] = steps
    tree.set(first, put(tree.get(first), rest, value))
  }
  return Object.fromEntries(tree)
}

/** `a[b][0]` is a, b, 0; undefined brackets: the name alone. */
function stepsOf(name: string): readonly string[] {
  const match = /^([\w-]+)((?:\[[\w-]*\])+)$/.exec(name)
  if (match === null) return [name]
  const steps = [...(match[2] ?? '').matchAll(/\[([\w-]*)\]/g)].map((one) => one[1] ?? '')
  return steps.length > MOST_DEPTH ? [name] : [match[1] ?? name, ...steps]
}

function put(given: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value
  if (/^\d*$/.test(step)) {
    const list = toList(given)
    const index = step === '' ? list.length : Math.min(Number(step), list.length)
    list[index] = put(list[index], rest, value)
    return list
  }
  const fields = isJsonObject(given) ? given : {}
  const own = Object.hasOwn(fields, step) ? fields[step] : undefined
  return { ...fields, [step]: put(own, rest, value) }
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value.map((one: unknown) => one) : []
}
