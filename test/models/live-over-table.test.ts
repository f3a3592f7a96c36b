import { afterAll, beforeAll, expect, test } from 'vitest'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(async () => {
  await stack.close()
})

const draw = (body: object) =>
  stack.post('/images/generations', { model: 'flux-dev', prompt: 'a cat', ...body })

test('the schema of an endpoint that is used is looked at once a day, and nobody waits for it', async () => {
  await (await draw({})).text()
  await until(() => stack.fal.journal.count('models') === 1)
  await (await draw({ n: 2 })).text()
  await (await draw({})).text()
  const lookUps = stack.fal.journal.entries().filter(({ kind }) => kind === 'models')
  expect(lookUps).toMatchObject([
    { query: { endpoint_id: 'fal-ai/flux/dev', expand: 'openapi-3.0' } },
  ])
  expect(stack.asked()).toMatchObject({ submit: 3, result: 3 })
})
