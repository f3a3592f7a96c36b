import * as z from 'zod/mini'

import { once } from '../lib/once.ts'

/** A text that is not empty. */
export const someText = once(() => z.string().check(z.minLength(1)))

/** Where something is, as OpenAI's chat says it, and as a text. */
export const anyAddress = once(() => z.union([someText(), z.object({ url: someText() })]))

/** `null` means the default, as at OpenAI. */
export function optional<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? undefined),
  )
}

export function integer(least: number, most: number) {
  const message = `expected an integer from ${least} to ${most}`
  return z.int().check(z.minimum(least, message), z.maximum(most, message))
}
