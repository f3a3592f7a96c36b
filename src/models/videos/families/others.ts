import { defineFamily } from './define-family.ts'

export const WAN_EDIT = 'fal-ai/wan/v2.7/edit-video'
export const LTX_EXTEND = 'fal-ai/ltx-2.3/extend-video'

export const wan27 = defineFamily({
  names: ['wan-2.7', 'wan-v2.7'],
  owner: 'alibaba',
  endpoints: [
    'fal-ai/wan/v2.7/text-to-video',
    'fal-ai/wan/v2.7/image-to-video',
    'fal-ai/wan/v2.7/reference-to-video',
    WAN_EDIT,
  ],
})

export const ltx23 = defineFamily({
  names: ['ltx-2.3'],
  owner: 'lightricks',
  endpoints: [
    'fal-ai/ltx-2.3/text-to-video',
    'fal-ai/ltx-2.3/image-to-video',
    'fal-ai/ltx-2.3/audio-to-video',
    'fal-ai/ltx-2.3/retake-video',
    LTX_EXTEND,
  ],
})

export const ltx23Fast = defineFamily({
  names: ['ltx-2.3-fast'],
  owner: 'lightricks',
  endpoints: [
    'fal-ai/ltx-2.3/text-to-video/fast',
    'fal-ai/ltx-2.3/image-to-video/fast',
    LTX_EXTEND,
  ],
})

export const grokVideo = defineFamily({
  names: ['grok-imagine-video'],
  owner: 'xai',
  endpoints: [
    'xai/grok-imagine-video/text-to-video',
    'xai/grok-imagine-video/image-to-video',
    'xai/grok-imagine-video/reference-to-video',
    'xai/grok-imagine-video/edit-video',
    'xai/grok-imagine-video/extend-video',
  ],
})

export const pixverse6 = defineFamily({
  names: ['pixverse-v6'],
  owner: 'pixverse',
  endpoints: [
    'fal-ai/pixverse/v6/text-to-video',
    'fal-ai/pixverse/v6/image-to-video',
    'fal-ai/pixverse/v6/transition',
    'fal-ai/pixverse/v6/extend',
  ],
})

export const viduQ3 = defineFamily({
  names: ['vidu-q3'],
  owner: 'shengshu',
  endpoints: ['fal-ai/vidu/q3/text-to-video', 'fal-ai/vidu/q3/image-to-video'],
})

export const lumaRay2 = defineFamily({
  names: ['luma-ray-2', 'ray-2'],
  owner: 'luma',
  endpoints: [
    'fal-ai/luma-dream-machine/ray-2',
    'fal-ai/luma-dream-machine/ray-2/image-to-video',
    'fal-ai/luma-dream-machine/ray-2-flash/modify',
  ],
})

export const hunyuan15 = defineFamily({
  names: ['hunyuan-video-1.5'],
  owner: 'tencent',
  endpoints: [
    'fal-ai/hunyuan-video-v1.5/text-to-video',
    'fal-ai/hunyuan-video-v1.5/image-to-video',
  ],
})
