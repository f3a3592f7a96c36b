import { defineModel } from '../model-spec.ts'

const tool = {
  size: { rule: 'none' },
  maxImages: 1,
  prompt: 'none',
  sources: { field: 'image_url', list: false, max: 1 },
} as const

export const removeBackground = defineModel({
  names: ['remove-background', 'background-removal', 'birefnet', 'birefnet-v2'],
  owner: 'birefnet',
  edit: {
    ...tool,
    id: 'fal-ai/birefnet/v2',
    formats: ['webp', 'png', 'gif'],
    defaultFormat: 'png',
    fields: ['model', 'operating_resolution', 'refine_foreground', 'output_mask', 'mask_only'],
  },
  successors: ['bria-background-removal', 'rembg'],
})

export const briaBackground = defineModel({
  names: ['bria-background-removal', 'bria-rmbg', 'bria-remove-background'],
  owner: 'bria',
  edit: { ...tool, id: 'fal-ai/bria/background/remove', fields: [] },
})

export const rembg = defineModel({
  names: ['rembg'],
  owner: 'fal',
  edit: { ...tool, id: 'fal-ai/imageutils/rembg', fields: ['crop_to_bbox'] },
})
