import { expect, test } from 'vitest'

import { fromImageId, fromResponseId, toImageId, toResponseId } from './response-ids.ts'

const JOB = 'job_WzEsImEiXQ.bg_c-2c3R1cmU'

test.for([
  { background: true, listed: true },
  { background: false, listed: true },
  { background: false, listed: false },
])('a response’s id gives its job back: %j', (facts) => {
  const id = toResponseId(JOB, facts)
  expect(id).toMatch(/^resp_/)
  expect(fromResponseId(id)).toEqual({ jobId: JOB, ...facts })
})

test('a picture’s id gives its job and its place back', () => {
  expect(fromImageId(toImageId(JOB, 0))).toEqual({ jobId: JOB, index: 0 })
  expect(fromImageId(toImageId(JOB, 9))).toEqual({ jobId: JOB, index: 9 })
})

test('a response stands for its last picture', () => {
  expect(fromImageId(toResponseId(JOB, { background: true, listed: true }))).toEqual({
    jobId: JOB,
    index: -1,
  })
})

test.for([
  '',
  'resp_',
  'resp_abc123',
  'ig_',
  'ig_x_W',
  'ig_123_W',
  'job_W',
  'msg_1',
  ' resp_W',
  'resp_words_req_1',
])('%j is no id of ours', (id) => {
  expect([fromResponseId(id), fromImageId(id)]).toEqual([undefined, undefined])
})
