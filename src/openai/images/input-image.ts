import * as z from 'zod/mini'

import type { ImageReference } from '../../job/image/image-reference.ts'
import { toReference } from '../../job/reference.ts'
import { once } from '../../lib/once.ts'
import { anyAddress, someText } from '../schemas.ts'
import { withPrefix } from './bare-base64.ts'

/** An image by its URL or `data:` URI, bare or wrapped, or a file of `/v1/files`. */
const reference = once(() =>
  z.union([
    someText(),
    z.object({ image_url: anyAddress() }),
    z.object({ file_id: z.string().check(z.regex(/^file-/)) }),
    z.object({ url: someText() }),
  ]),
)

/** One image or several, as the clients send them in JSON. */
export const inputImages = once(() =>
  z.union([
    z.pipe(
      reference(),
      z.transform((one) => [one]),
    ),
    z.array(reference()),
  ]),
)

export const inputMask = once(() => reference())

/** What is referred to, not looked at yet. */
export function toSource(given: z.infer<ReturnType<typeof reference>>): ImageReference {
  return toReference(toUrl(given))
}

function toUrl(given: z.infer<ReturnType<typeof reference>>): string {
  if (typeof given === 'string') return withPrefix(given)
  if ('file_id' in given) return given.file_id
  if ('url' in given) return withPrefix(given.url)
  return withPrefix(typeof given.image_url === 'string' ? given.image_url : given.image_url.url)
}
