import type { Model } from '../api/models.ts'

/** Whether a model makes something of pictures. */
export function takesImages(model: Model): boolean {
  if (model.medium === 'image') return model.edit
  if (model.medium !== 'video') return false
  return model.inputs.includes('first_frame') || model.inputs.includes('references')
}
