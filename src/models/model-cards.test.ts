import { test } from 'vitest'

import { createCatalogue } from './catalogue/catalogue.ts'
import { toModelDetail } from './model-cards.ts'

const catalogue = createCatalogue('imagen4-preview')

const fieldsOf = (name: string) => {
  const { fields, editFields } = toModelDetail(catalogue.resolve(name))
  return { fields, editFields }
}

test('a model tells the fields of the endpoint that makes, and of the one that edits', ({
  expect,
}) => {
  const fields = [
    { name: 'seed', type: 'integer' },
    { name: 'guidance_scale', type: 'number', min: 1, max: 20 },
    { name: 'num_inference_steps', type: 'integer', min: 1, max: 50 },
    { name: 'enable_safety_checker', type: 'boolean' },
    { name: 'acceleration', type: 'string', values: ['none', 'regular', 'high'] },
  ]
  const editFields = [...fields, { name: 'strength', type: 'number' }]
  expect(fieldsOf('flux-dev')).toEqual({ fields, editFields })
})

test('OpenAI’s words are among them where the endpoint has a field for them', ({ expect }) => {
  expect(fieldsOf('gpt-image-1-mini').fields).toEqual([
    { name: 'quality', type: 'string', values: ['low', 'medium', 'high', 'xhigh', 'max'] },
    { name: 'background', type: 'string', values: ['transparent', 'opaque'] },
  ])
})

test('a field without which the endpoint refuses is marked', ({ expect }) => {
  const values = ['upper', 'lower', 'overall', 'inner', 'outer']
  const cloth = { name: 'cloth_type', type: 'string', values, required: true }
  expect(fieldsOf('fal-ai/cat-vton').editFields).toContainEqual(cloth)
})
