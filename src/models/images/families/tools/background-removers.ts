import { defineModel } from '../../../model-spec.ts'
import { TOOL } from '../presets.ts'

export const removeBackground = defineModel({
  names: ['remove-background', 'background-removal', 'birefnet', 'birefnet-v2'],
  owner: 'birefnet',
  edit: {
    ...TOOL,
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
  edit: { ...TOOL, id: 'fal-ai/bria/background/remove', fields: [] },
})

export const rembg = defineModel({
  names: ['rembg'],
  owner: 'fal',
  edit: { ...TOOL, id: 'fal-ai/imageutils/rembg', fields: ['crop_to_bbox'] },
})
