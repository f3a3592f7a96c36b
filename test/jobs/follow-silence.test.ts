import { expect, test } from 'vitest'

import { startStack } from '../support/start-stack.ts'

test('a status stream that falls silent is given up, and polling takes over', async () => {
  const stack = await startStack()
  const prompt = 'a cat [[stream:silent]] [[run:1s]]'
  await stack.openai.images.generate({ model: 'flux-dev', prompt })
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, status: 1, result: 1 })
  const [stream, poll] = ['status-stream', 'status'].map((kind) =>
    stack.fal.journal.entries().find((entry) => entry.kind === kind),
  )
  const silence = (poll?.at ?? 0) - (stream?.at ?? 0)
  expect(silence).toBeGreaterThanOrEqual(19_900)
  expect(silence).toBeLessThan(30_000)
  expect(stack.fal.journal.openStreams()).toBe(0)
  await stack.close()
})
