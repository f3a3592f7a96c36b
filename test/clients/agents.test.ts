import { Agent, imageGenerationTool, OpenAIProvider, Runner } from '@openai/agents'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function createRunner(useResponses: boolean): Runner {
  const baseURL = `${stack.gateway.url}/v1`
  const modelProvider = new OpenAIProvider({ baseURL, apiKey: ACCESS_KEY, useResponses })
  return new Runner({ modelProvider, tracingDisabled: true })
}

const KINDS = [
  { tool: false, stream: false, useResponses: true },
  { tool: false, stream: true, useResponses: true },
  { tool: true, stream: false, useResponses: true },
  { tool: true, stream: true, useResponses: true },
  { tool: false, stream: false, useResponses: false },
  { tool: false, stream: true, useResponses: false },
]

type Kind = (typeof KINDS)[number]

async function run(
  input: Parameters<Runner['run']>[1],
  { tool, stream, useResponses }: Kind,
): Promise<{ readonly text: string; readonly history: readonly unknown[] }> {
  const tools = tool ? [imageGenerationTool()] : []
  const agent = new Agent({ name: 'painter', model: 'flux-dev', tools })
  const runner = createRunner(useResponses)
  if (!stream) {
    const { finalOutput, history } = await runner.run(agent, input)
    return { text: finalOutput ?? '', history }
  }
  const streamed = await runner.run(agent, input, { stream: true })
  let text = ''
  for await (const piece of streamed.toTextStream()) text += piece
  await streamed.completed
  expect(streamed.finalOutput).toBe(text)
  return { text, history: streamed.history }
}

const SHOWN = /Generated image with prompt: "a cat".*\n\n!\[Generated Image\]\(http\S+\)$/

// Shows: openai-agents/run, openai-agents/tool
test.for(KINDS)('one wish is one picture, and the final output shows it: %j', async (kind) => {
  const { text, history } = await run('a cat', kind)
  expect(text).toMatch(SHOWN)
  expect(stack.fal.journal.count('submit')).toBe(1)
  const hosted = history.filter((item) => JSON.stringify(item).includes('"hosted_tool_call"'))
  expect(hosted).toHaveLength(kind.tool ? 1 : 0)
})

// Shows: openai-agents/words
test.for(KINDS)('a greeting ends in words, and costs nothing: %j', async (kind) => {
  expect((await run('hi', kind)).text).toMatch(/describe the picture you want/)
  expect(stack.fal.journal.count('submit')).toBe(0)
})

test('a conversation that goes on changes the picture', async () => {
  const agent = new Agent({ name: 'painter', model: 'nano-banana-2' })
  const runner = createRunner(true)
  const { history } = await runner.run(agent, 'a cat')
  await runner.run(agent, [...history, { role: 'user', content: 'make it blue' }])
  expect(stack.fal.journal.jobs().map(({ endpoint }) => endpoint)).toEqual([
    'fal-ai/nano-banana-2',
    'fal-ai/nano-banana-2/edit',
  ])
})
