import type { Complaint } from '../job/problem.ts'

// A map: an object has a `constructor`, which a field of fal's may be called.
const WORDS: ReadonlyMap<string, string> = new Map([
  ['image_size', 'size'],
  ['aspect_ratio', 'size'],
  ['resolution', 'size'],
  ['width', 'size'],
  ['height', 'size'],
  ['num_images', 'n'],
  ['rendering_speed', 'quality'],
  ['safety_tolerance', 'moderation'],
])

const MASK = /mask(?:_image)?(?:_urls?)?$/
const IMAGE = /(?:^|_)(?:image|img|photo|picture)s?(?:_urls?)?$/

/** The field that asks for unfinished images on the way. */
export const PARTIALS_FIELD = 'partial_images'

/** What a request is known by, where its images and words stand. */
export interface CallersWords {
  /** The field that holds them both; undefined: `image` and `prompt`. */
  readonly conversation?: 'messages' | 'input' | undefined
  /** What fields of fal's are called on the route, where that is not how images call them. */
  readonly fields?: ReadonlyMap<string, string> | undefined
  /** The field of fal's that is meant where a filter refuses something and fal does not say what; absent: `prompt`. */
  readonly main?: string
  /** Fields of fal's that the caller sent on purpose: they are the caller's words. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** A field of fal's in the word that the caller used for it. */
export function callersField(
  field: string,
  { conversation, fields, extra = {} }: CallersWords,
): string {
  if (Object.hasOwn(extra, field)) return field
  const word = fields?.get(field) ?? WORDS.get(field)
  if (word !== undefined) return word
  if (MASK.test(field)) return 'mask'
  if (IMAGE.test(field)) return conversation ?? 'image'
  return field === 'prompt' ? (conversation ?? 'prompt') : field
}

/** The field of a complaint, in the words of the images' routes where nobody has put it into the caller's. */
export function sayField(complaint: Complaint | undefined): string | undefined {
  return complaint?.field === undefined ? undefined : callersField(complaint.field, {})
}

/** The same of what holds something that a filter refuses; in the words of the images' routes without others. */
export function sayHeld(
  { field }: { readonly field?: string | undefined },
  words: CallersWords = {},
): string {
  return callersField(field ?? words.main ?? 'prompt', words)
}

/** What is wrong, each behind its field. */
export function sayComplaints(complaints: readonly Complaint[]): string {
  return complaints.map((one) => `${sayField(one) ?? 'input'}: ${one.message}`).join('; ')
}
