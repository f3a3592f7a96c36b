import { test } from 'vitest'

import { wantsNewVideo } from './wants-new-video.ts'

test.for([
  'generate a video of a dog',
  'Please create a short film about the sea',
  'make me a video of a cat',
  'film two knights',
  '生成一只狗奔跑的视频',
  '画一只猫',
  'new: a dog',
])('a new one: %s', (text, { expect }) => {
  expect(wantsNewVideo(text)).toBe(true)
})

test.for([
  'animate it',
  'make it move',
  'let him dance',
  'make a video of it',
  'create a video from the picture',
  'generate a short clip of this image',
  'generate a video',
  'create video please',
  '让它动起来',
  '把它做成视频',
  '生成视频',
  '生成一段视频吧',
  '用这张图生成视频',
  'she smiles and waves',
])('the last picture: %s', (text, { expect }) => {
  expect(wantsNewVideo(text)).toBe(false)
})
