import * as z from 'zod/mini'

import { invalidRequest } from '../job/problem.ts'
import { createTokenSigner } from '../lib/bytes/signed-token.ts'
import { once } from '../lib/once.ts'

/** A character: a name, and a video that shows whom. */
interface CharacterClaims {
  readonly url: string
  /** Who made it; nobody else may use it. */
  readonly caller: string
  readonly name: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** Character ids: signed, self-contained, bound to a caller. */
export interface CharacterIds {
  sign(claims: CharacterClaims): Promise<string>
  /** @throws ProblemError `invalid_request` when it is no id of the caller's */
  read(id: string, callerName: string): Promise<CharacterClaims>
}

const payload = once(() => z.tuple([z.string(), z.string(), z.string(), z.int()]))

export function createCharacterIds(secret: string): CharacterIds {
  const signer = createTokenSigner(secret, 'fal-openai-worker character ids')
  return {
    async sign({ url, caller, name, createdAt }) {
      return `char_${await signer.sign([url, caller, name, createdAt])}`
    },
    async read(id, callerName) {
      const claims = payload().safeParse(await signer.read(id.replace(/^char_/, '')))
      if (!claims.success || claims.data[1] !== callerName) {
        throw invalidRequest('character_id', 'There is no character of yours with this id.')
      }
      const [url, , name, createdAt] = claims.data
      return { url, caller: callerName, name, createdAt }
    },
  }
}
