import * as z from 'zod/mini'

import { invalidRequest } from '../job/problem.ts'
import { createTokenSigner } from '../lib/bytes/signed-token.ts'
import { once } from '../lib/once.ts'

/** Everything about a file that a caller keeps at fal's storage. */
export interface FileClaims {
  readonly url: string
  /** Who put it there; nobody else may use it. */
  readonly caller: string
  readonly bytes: number
  readonly filename: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** File ids: signed, self-contained, bound to a caller. */
export interface FileIds {
  sign(claims: FileClaims): Promise<string>
  /** @throws ProblemError `invalid_request` when it is no id of the caller's */
  read(id: string, callerName: string): Promise<FileClaims>
}

const payload = once(() => z.tuple([z.string(), z.string(), z.number(), z.string(), z.int()]))

export function createFileIds(secret: string): FileIds {
  const signer = createTokenSigner(secret, 'fal-openai-worker file ids')
  return {
    async sign({ url, caller, bytes, filename, createdAt }) {
      return `file-${await signer.sign([url, caller, bytes, filename, createdAt])}`
    },
    async read(id, callerName) {
      const claims = payload().safeParse(await signer.read(id.replace(/^file-/, '')))
      if (!claims.success || claims.data[1] !== callerName) {
        throw invalidRequest('file_id', 'There is no file of yours with this id.')
      }
      const [url, , bytes, filename, createdAt] = claims.data
      return { url, caller: callerName, bytes, filename, createdAt }
    },
  }
}
