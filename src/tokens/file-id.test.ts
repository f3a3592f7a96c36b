import { expect, test } from 'vitest'

import { createFileIds } from './file-id.ts'
import { createJobIds } from './job-id.ts'

const claims = {
  url: 'https://v3.fal.media/files/b/cat.png',
  caller: 'alice',
  bytes: 1234,
  filename: '猫.png',
  createdAt: 1_795_000_000,
}

test('a file id holds all that is needed to use the file', async () => {
  const ids = createFileIds('a secret')
  const id = await ids.sign(claims)
  expect(id).toMatch(/^file-[\w.-]+$/)
  expect(await ids.read(id, 'alice')).toEqual(claims)
})

test('ids that are forged, foreign or of another kind are refused alike', async () => {
  const ids = createFileIds('a secret')
  const id = await ids.sign(claims)
  const job = await createJobIds('a secret').sign({
    medium: 'image',
    memo: {},
    model: 'm',
    endpoint: 'a/b',
    parts: [{ requestId: 'r', path: 'a/b/requests/r' }],
    count: 1,
    keyFingerprint: 'k',
    caller: 'alice',
    createdAt: 0,
  })
  const others = [
    [id, 'bob'],
    [id.slice(0, -1), 'alice'],
    [id.replace('file-W', 'file-X'), 'alice'],
    [await createFileIds('another').sign(claims), 'alice'],
    [job.replace('job_', 'file-'), 'alice'],
    ['file-', 'alice'],
    ['file-a.b.c', 'alice'],
    [`file-${'a'.repeat(10_000)}.b`, 'alice'],
  ] as const
  for (const [other, caller] of others) {
    await expect(ids.read(other, caller)).rejects.toMatchObject({
      problem: { kind: 'invalid_request', param: 'file_id' },
    })
  }
})
