import { test } from 'vitest'

import type { ModelDetail } from '../job/model-card.ts'
import { toModel, toModelList } from './models.ts'

const CARD: ModelDetail = {
  name: 'Flux 1.1 Pro Ultra',
  endpoint: 'fal-ai/flux-pro/v1.1-ultra',
  owner: 'black-forest-labs',
  sizes: ['1:1', '16:9'],
  maxImages: 4,
  formats: ['jpeg', 'png'],
  edits: false,
  fields: [
    { name: 'raw', type: 'boolean' },
    { name: 'guidance_scale', type: 'number', min: 0, max: 20 },
  ],
  editFields: [],
}

const ENTRY = {
  id: 'Flux 1.1 Pro Ultra',
  object: 'model',
  created: 1_677_609_600,
  owned_by: 'fal-ai',
  maker: 'black-forest-labs',
  permission: [],
  root: 'Flux 1.1 Pro Ultra',
  parent: null,
  name: 'Flux 1.1 Pro Ultra',
  supported_endpoint_types: ['image-generation'],
  architecture: { input_modalities: ['text'], output_modalities: ['image'] },
  endpoint: 'fal-ai/flux-pro/v1.1-ultra',
  sizes: ['1:1', '16:9'],
  max_images: 4,
  output_formats: ['jpeg', 'png'],
  edit: false,
}

test('the list has the first Worker’s keys and what each model takes', ({ expect }) => {
  expect(toModelList([CARD])).toEqual({ object: 'list', data: [ENTRY] })
  expect(toModelList([])).toEqual({ object: 'list', data: [] })
})

test('a single model has the id by which it was asked, and its fields', ({ expect }) => {
  const id = 'flux-1.1-pro-ultra'
  const { fields, editFields } = CARD
  expect(toModel(CARD, id)).toEqual({ ...ENTRY, id, root: id, fields, edit_fields: editFields })
})
