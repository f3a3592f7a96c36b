import { describe } from 'vitest'

import { testEveryEndpoint } from './all-endpoints.ts'

describe('every image endpoint of fal’s client takes a part of all jobs', () => {
  testEveryEndpoint(16)
})
