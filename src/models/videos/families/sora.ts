import { defineFamily } from './define-family.ts'
import { KLING_EDIT } from './kling.ts'
import { LTX_EXTEND, WAN_EDIT } from './others.ts'
import { SEEDANCE_15, SEEDANCE_2 } from './seedance.ts'

// OpenAI ended Sora on 2026-09-24, and clients have its names in their code; some list no other model. These
// make the same lengths (4, 8, 12 s) and shapes at about the same price a second.
const DEFAULTS = { seconds: 4, size: '720x1280' }

export const sora2 = defineFamily({
  names: ['sora-2'],
  owner: 'bytedance',
  endpoints: [...SEEDANCE_15, WAN_EDIT, LTX_EXTEND],
  defaults: DEFAULTS,
  successors: ['seedance-2.0-mini', 'veo3.1-fast'],
})

export const sora2Pro = defineFamily({
  names: ['sora-2-pro'],
  owner: 'bytedance',
  endpoints: [...SEEDANCE_2, KLING_EDIT, LTX_EXTEND],
  defaults: DEFAULTS,
  successors: ['veo3.1', 'kling-v3-pro'],
})
