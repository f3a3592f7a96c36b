import type { IncomingHttpHeaders } from 'node:http'

/** What has to be known of a file to answer for it. */
export interface Stored {
  readonly length: number
  /** Strong, with its quotation marks. */
  readonly etag: string
}

/** First and last byte, both included. */
type Range = readonly [number, number]

export type CdnAnswer =
  | { readonly status: 200 }
  | { readonly status: 304 }
  | { readonly status: 412 }
  | { readonly status: 416 }
  | { readonly status: 206; readonly range: Range }

function listsEtag(header: string, etag: string): boolean {
  const tags = new Set(header.split(',').map((tag) => tag.trim().replace(/^W\//, '')))
  return tags.has('*') || tags.has(etag)
}

/** `a-b`, `a-`, `-n` with at least one number; the last byte may lie behind the file's end. */
function toRange(from: string, to: string, length: number): Range {
  if (from === '') return [Math.max(0, length - Number(to)), length - 1]
  return [Number(from), to === '' ? length - 1 : Math.min(Number(to), length - 1)]
}

/** Several ranges, other units and ranges that end before they begin count as none, as RFC 9110 allows. */
function readRange(header: string | undefined, length: number): Range | 'none' | 'outside' {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  const backwards = from !== '' && to !== '' && Number(to) < Number(from)
  if (`${from}${to}` === '' || backwards) return 'none'
  const range = toRange(from, to, length)
  return range[0] < length ? range : 'outside'
}

interface Asked {
  readonly method?: string | undefined
  readonly headers: IncomingHttpHeaders
}

/** Which answer the request's conditions lead to: RFC 9110, sections 13.2.2 and 14. */
export function decide({ method, headers }: Asked, { length, etag }: Stored): CdnAnswer {
  const { 'if-match': match, 'if-none-match': noneMatch, 'if-range': ifRange } = headers
  if (match !== undefined && !listsEtag(match, etag)) return { status: 412 }
  if (noneMatch !== undefined && listsEtag(noneMatch, etag)) return { status: 304 }
  if (method === 'HEAD' || (ifRange !== undefined && ifRange !== etag)) return { status: 200 }
  const range = readRange(headers.range, length)
  if (range === 'none') return { status: 200 }
  return range === 'outside' ? { status: 416 } : { status: 206, range }
}
