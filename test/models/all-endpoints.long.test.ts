import { describe } from 'vitest'

import { testEveryEndpoint } from './all-endpoints.ts'

describe('every image endpoint of fal’s client takes every job', () => {
  testEveryEndpoint(1)
})
