import { test } from 'vitest'

import { readFalStatus } from './fal-status.ts'

const KNOWN: readonly (readonly [string, ReturnType<typeof readFalStatus>])[] = [
  ['{"status":"IN_QUEUE","queue_position":3}', { status: 'IN_QUEUE', position: 3 }],
  ['{"status":"IN_QUEUE","queue_position":0}', { status: 'IN_QUEUE', position: 0 }],
  [
    '{"status":"IN_PROGRESS","queue_position":null}',
    { status: 'IN_PROGRESS', position: undefined },
  ],
  ['{"status":"COMPLETED","logs":[]}', { status: 'COMPLETED', position: undefined }],
]

test.for(KNOWN)('%s is a status', ([text, status], { expect }) => {
  expect(readFalStatus(text)).toEqual(status)
})

test.for([
  '',
  'null',
  '[]',
  '"COMPLETED"',
  '{"status":"DONE"}',
  '{"status":["COMPLETED"]}',
  '{"queue_position":1}',
  '{"status":"IN_QUEUE","queue_position":-1}',
  '{"status":"IN_QUEUE","queue_position":1.5}',
  '{"status":"IN_QUEUE","queue_position":"1"}',
  '<html>',
])('%s is none', (text, { expect }) => {
  expect(readFalStatus(text)).toBeUndefined()
})
