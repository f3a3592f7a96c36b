import type { Endpoint } from '../endpoints/endpoints.ts'
import type { JsonObject } from '../json.ts'
import type { Faults } from '../queue/faults.ts'
import type { Sources } from './sources.ts'

export interface OutputRequest {
  readonly endpoint: Endpoint
  readonly input: JsonObject
  readonly prompt: string
  readonly faults: Faults
  readonly sources: Sources
  /** How long the model took. */
  readonly seconds: number
  /** A stream makes one image, whatever was asked. */
  readonly onlyOne: boolean
}
