import * as z from 'zod/mini'

import { createTokenSigner } from '../lib/bytes/signed-token.ts'
import { once } from '../lib/once.ts'

/** What stands behind an address of our own. */
export interface LinkClaims {
  /** fal's URL of it. */
  readonly source: string
  /** The kind as a file's ending, such as `png`; empty: not known. */
  readonly ending: string
  /** Seconds since 1970. */
  readonly expiresAt: number
}

/** Addresses of what was made under our own domain: signed, expiring, each for one thing. */
export interface MediaLinks {
  /** The last part of the address's path. */
  sign(claims: LinkClaims): Promise<string>
  /** undefined: forged, damaged, expired or another gateway's; nobody learns which. */
  read(signed: string, nowSeconds: number): Promise<LinkClaims | undefined>
  /** A name for it: always the same, and nobody can guess it. */
  nameOf(source: string): Promise<string>
}

const DAY_SECONDS = 24 * 3600

/** When a link of so many days ends: at the end of a day, so that an address is the same all day. */
export function linkEnd(nowSeconds: number, days: number): number {
  return Math.ceil(nowSeconds / DAY_SECONDS + days) * DAY_SECONDS
}

/** So long results can be looked up too (`JOB_ID_SECONDS`). */
const RESULT_DAYS = 30

/** When the link to a video or a sound ends. */
export function resultLinkEnd(nowSeconds: number): number {
  return linkEnd(nowSeconds, RESULT_DAYS)
}

/** Our own address as callers know it, and the time in seconds since 1970. */
export interface LinkFacts {
  readonly publicUrl: string
  readonly nowSeconds: number
}

/** A URL that is too long for a link of ours stays as it is, and so does what is written out in one. */
const MAX_SOURCE_LETTERS = 4096

/** Whether a link of ours can stand for an address. */
export function isLinkable(url: string): boolean {
  return /^https?:/i.test(url) && url.length <= MAX_SOURCE_LETTERS
}

const payload = once(() => z.tuple([z.string(), z.string(), z.int()]))

/** @param secret `SIGNING_KEY`, or the fal key; the signing keys are derived from it */
export function createMediaLinks(secret: string): MediaLinks {
  const tokens = createTokenSigner(secret, 'fal-openai-worker picture links')
  const names = createTokenSigner(secret, 'fal-openai-worker picture names')
  return {
    async sign({ source, ending, expiresAt }) {
      const token = await tokens.sign([source, ending, expiresAt])
      // For clients and people who tell what it is by its name.
      return ending === '' ? token : `${token}.${ending}`
    },
    async read(signed, nowSeconds) {
      const [, token = '', shown = ''] = /^([^.]*\.[^.]*)(?:\.([a-z\d]+))?$/.exec(signed) ?? []
      const claims = payload().safeParse(await tokens.read(token))
      if (!claims.success) return undefined
      const [source, ending, expiresAt] = claims.data
      return ending === shown && expiresAt > nowSeconds ? { source, ending, expiresAt } : undefined
    },
    async nameOf(source) {
      return (await names.sign(source)).replace(/^.*\./, '')
    },
  }
}
