import { describe } from 'vitest'

import { testEveryVideoEndpoint } from './all-endpoints.ts'

describe('every video endpoint of fal’s client takes a part of all jobs', () => {
  testEveryVideoEndpoint(16)
})
