import { expect, test } from 'vitest'

import { SPEECH_FIELDS, TRANSCRIPT_FIELDS } from './audio/audio-fields.ts'
import { callersField } from './callers-field.ts'

test.for([
  ['image_size', 'size'],
  ['aspect_ratio', 'size'],
  ['resolution', 'size'],
  ['num_images', 'n'],
  ['rendering_speed', 'quality'],
  ['safety_tolerance', 'moderation'],
  ['image_url', 'image'],
  ['image_urls', 'image'],
  ['image', 'image'],
  ['images', 'image'],
  ['reference_image_urls', 'image'],
  ['garment_image_url', 'image'],
  ['mask_url', 'mask'],
  ['mask_image_url', 'mask'],
  ['prompt', 'prompt'],
  ['guidance_scale', 'guidance_scale'],
  ['num_inference_steps', 'num_inference_steps'],
  ['constructor', 'constructor'],
  ['__proto__', '__proto__'],
  ['toString', 'toString'],
])('fal’s %s is the caller’s %s', ([field = '', word]) => {
  expect(callersField(field, {})).toBe(word)
})

test.for([
  ['image_urls', 'messages', 'messages'],
  ['prompt', 'input', 'input'],
  ['mask_url', 'messages', 'mask'],
  ['image_size', 'messages', 'size'],
] as const)('%s in a conversation: %s', ([field, conversation, word]) => {
  expect(callersField(field, { conversation })).toBe(word)
})

test('what the caller sent in fal’s words is called by them', () => {
  expect(callersField('image_url', { extra: { image_url: 'x' } })).toBe('image_url')
  expect(callersField('constructor', { extra: {} })).toBe('constructor')
})

test.for([
  ['text', SPEECH_FIELDS, 'input'],
  ['prompt', SPEECH_FIELDS, 'input'],
  ['voice_setting', SPEECH_FIELDS, 'voice'],
  ['audio_url', TRANSCRIPT_FIELDS, 'file'],
  ['stability', SPEECH_FIELDS, 'stability'],
] as const)('%s on a route with sound: %s', ([field, fields, word]) => {
  expect(callersField(field, { fields })).toBe(word)
})
