import { ProblemError } from '../job/problem.ts'
import type { LinkClaims, MediaLinks } from '../media/media-links.ts'
import { toMediaType } from '../media/media-type.ts'
import { openCopy } from '../media/open-copy.ts'
import type { MediaBucket } from '../ports/media-bucket.ts'
import type { FetchMedia } from '../ports/opened-media.ts'
import type { RequestContext } from '../request/request-context.ts'

/** What links of our own are served with. */
export interface LinkService {
  readonly links: MediaLinks
  readonly fetchMedia: FetchMedia
  /** Where copies are; undefined: there are none. */
  readonly bucket: MediaBucket | undefined
}

/**
 * `GET /images/{signed}`, `GET /videos/{signed}`: what was made under our own address, from the bucket when it has a
 * copy, else handed on from fal as it arrives. Whatever is wrong with the address, the answer is the same.
 *
 * @throws ProblemError `picture_not_found`, `upstream_failed`
 */
export async function serveLink(
  signed: string,
  context: RequestContext,
  service: LinkService,
): Promise<Response> {
  const claims = await service.links.read(signed, context.nowSeconds)
  if (claims === undefined) throw new ProblemError({ kind: 'picture_not_found' })
  return handOnMedia({ ...claims, cache: 'public' }, context, service)
}

/** Bytes of fal's to be handed on, and who may keep them. */
interface HandedMedia extends LinkClaims {
  readonly cache: 'public' | 'private'
}

/**
 * What was made, from the bucket or from fal as it arrives, with ranges and conditions as asked.
 *
 * @throws ProblemError `picture_not_found`, `upstream_failed`
 */
export async function handOnMedia(
  claims: HandedMedia,
  context: RequestContext,
  { links, fetchMedia, bucket }: LinkService,
): Promise<Response> {
  const { method, headers, signal } = context.request
  const name = await links.nameOf(claims.source)
  const told = { ...toldOf(name, claims, context), 'accept-ranges': 'bytes' }
  if (isHeld(headers.get('if-none-match'), told.etag)) {
    return new Response(null, { status: 304, headers: told })
  }
  const range = rangeOf(headers, told.etag)
  const asked = {
    method: method === 'HEAD' ? ('HEAD' as const) : ('GET' as const),
    // Images are compressed already, and a range of a compressed body is another range.
    headers: { 'accept-encoding': 'identity', ...(range !== undefined && { range }) },
  }
  const copy = bucket && (await openCopy(bucket, name, range, method === 'HEAD'))
  return handOn(copy ?? (await fetchMedia(claims.source, asked, signal)), claims, told)
}

/** What is made of something of fal's, and kept under a name of its own. */
interface HandedPreview {
  /** Tells it from others of the same source. */
  readonly part: string
  readonly make: (name: string, open: () => Promise<Response>) => Promise<Response>
}

/**
 * What is made of a video, under our own name, with conditions as asked.
 *
 * @throws ProblemError as `make` and `handOnMedia`
 */
export async function handOnPreview(
  claims: HandedMedia,
  { part, make }: HandedPreview,
  context: RequestContext,
  { links, fetchMedia, bucket }: LinkService,
): Promise<Response> {
  const { headers, signal } = context.request
  const name = await links.nameOf(`${claims.source}#${part}`)
  const told = toldOf(name, claims, context)
  if (isHeld(headers.get('if-none-match'), told.etag)) {
    return new Response(null, { status: 304, headers: told })
  }
  const open = async (): Promise<Response> => {
    const whole = await links.nameOf(claims.source)
    const copy = bucket && (await openCopy(bucket, whole, undefined, false))
    const init = { headers: { 'accept-encoding': 'identity' } }
    return copy ?? (await fetchMedia(claims.source, init, signal))
  }
  return handOn(await make(name, open), { ...claims, ending: '' }, told)
}

function toldOf(
  name: string,
  { cache, expiresAt }: HandedMedia,
  { nowSeconds }: RequestContext,
): Readonly<Record<string, string>> & { readonly etag: string } {
  return {
    // What stands behind one address never changes.
    'cache-control': `${cache}, max-age=${expiresAt - nowSeconds}, immutable`,
    etag: `"${name}"`,
    ...SAFE,
  }
}

/** Bytes from elsewhere under our name: no browser may take them for a page, nor run a script in an SVG. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
}

function isHeld(list: string | null, etag: string): boolean {
  return (list ?? '').split(',').some((one) => ['*', etag, `W/${etag}`].includes(one.trim()))
}

/** `If-Range` speaks of our etag, which fal does not know. */
function rangeOf(headers: Headers, etag: string): string | undefined {
  const condition = headers.get('if-range')
  return condition === null || condition === etag ? (headers.get('range') ?? undefined) : undefined
}

async function handOn(
  { status, headers, body }: Response,
  { ending }: LinkClaims,
  told: Readonly<Record<string, string>>,
): Promise<Response> {
  const passed: Record<string, string> = { ...told }
  for (const name of ['content-length', 'content-range', 'last-modified']) {
    const value = headers.get(name)
    if (value !== null) passed[name] = value
  }
  if (status === 200 || status === 206) {
    passed['content-type'] = toMediaType(headers.get('content-type'), ending)
    return new Response(body, { status, headers: passed })
  }
  await body?.cancel()
  if (status === 416) return new Response(null, { status, headers: passed })
  throw new ProblemError({ kind: 'picture_not_found' })
}
