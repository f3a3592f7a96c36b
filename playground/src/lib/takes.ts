import type { Model } from '../api/models.ts'

/** Whether a model makes something of pictures. */
export function takesPictures(model: Model): boolean {
  return model.medium === 'image'
    ? model.edit
    : model.inputs.includes('first_frame') || model.inputs.includes('references')
}
