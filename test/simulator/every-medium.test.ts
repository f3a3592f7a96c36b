import { describe } from 'vitest'

import { testEveryMedium } from './every-medium.ts'

describe('a part of the endpoints of the pretend fal', () => {
  testEveryMedium(12)
})
