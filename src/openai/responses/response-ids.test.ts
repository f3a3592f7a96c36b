import { expect, test } from 'vitest'

import { fromPictureId, fromResponseId, toPictureId, toResponseId } from './response-ids.ts'

const JOB = 'job_WzEsImEiXQ.bg_c-2c3R1cmU'

test.for([true, false])('a response’s id gives its job back, background: %s', (background) => {
  const id = toResponseId(JOB, background)
  expect(id).toMatch(/^resp_/)
  expect(fromResponseId(id)).toEqual({ jobId: JOB, background })
})

test('a picture’s id gives its job and its place back', () => {
  expect(fromPictureId(toPictureId(JOB, 0))).toEqual({ jobId: JOB, index: 0 })
  expect(fromPictureId(toPictureId(JOB, 9))).toEqual({ jobId: JOB, index: 9 })
})

test('a response stands for its last picture', () => {
  expect(fromPictureId(toResponseId(JOB, true))).toEqual({ jobId: JOB, index: -1 })
})

test.for(['', 'resp_', 'resp_abc123', 'ig_', 'ig_x_W', 'ig_123_W', 'job_W', 'msg_1', ' resp_W'])(
  '%j is no id of ours',
  (id) => {
    expect([fromResponseId(id), fromPictureId(id)]).toEqual([undefined, undefined])
  },
)
