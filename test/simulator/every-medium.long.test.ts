import { describe } from 'vitest'

import { testEveryMedium } from './every-medium.ts'

describe('all endpoints of the pretend fal', () => {
  testEveryMedium(1)
})
