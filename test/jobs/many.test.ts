import { afterAll, beforeAll, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

test(
  '200 jobs at once finish without an error, each with a picture of its own',
  { timeout: 120_000 },
  async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const prompt = `cat number ${index} [[queue:${(index * 7) % 500}ms]] [[run:${(index * 13) % 900}ms]]`
        if (index % 3 === 0) {
          const chat = await stack.openai.chat.completions.create({
            model: 'flux-dev',
            messages: [{ role: 'user', content: prompt }],
          })
          return /\((http\S+)\)/.exec(chat.choices[0]?.message.content ?? '')?.[1]
        }
        const answer = await stack.openai.images.generate({ model: 'flux-dev', prompt })
        return answer.data?.[0]?.url
      }),
    )
    expect(new Set(answers).size).toBe(200)
    expect(stack.asked()).toEqual({ submit: 200, 'status-stream': 200, result: 200 })
  },
)

test('ten pictures of a model that makes one at a time come in order', async () => {
  const response = await stack.post('/images/generations', {
    model: 'flux-2-pro',
    prompt: 'a cat [[run:100ms]]',
    n: 10,
    seed: 5,
  })
  expect(await response.json()).toMatchObject({ data: Array.from({ length: 10 }, () => ({})) })
  const jobs = stack.fal.journal.jobs().slice(-10)
  expect(jobs.map(({ input }) => input)).toEqual(
    Array.from({ length: 10 }, (_, index) => ({ prompt: 'a cat [[run:100ms]]', seed: 5 + index })),
  )
  expect(response.headers.get('x-fal-request-id')?.split(',')).toHaveLength(10)
})
