import { afterAll, beforeAll, expect, test } from 'vitest'

import { startStack, type Stack } from './support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

/** One of Open WebUI's tasks, in the form of all its templates. */
function task(instruction: string, output: string): string {
  return `### Task:
${instruction}
### Output:
JSON format: ${output}
### Chat History:
<chat_history>
USER: 画一只戴着帽子的狗 16:9
ASSISTANT: Generated image with prompt: "画一只戴着帽子的狗"
</chat_history>`
}

// Shows: open-webui/tasks
test.each([
  ['a title', '{ "title": "your concise title here" }', { title: '画一只戴着帽子的狗' }],
  ['tags', '{ "tags": ["tag1", "tag2", "tag3"] }', { tags: [] }],
  ['follow-up questions', '{ "follow_ups": ["Question 1?"] }', { follow_ups: [] }],
  ['search queries', '{ "queries": ["query1"] }', { queries: [] }],
  ['a prompt', '{ "prompt": "Your prompt." }', { prompt: '画一只戴着帽子的狗 16:9' }],
])('Open WebUI gets %s without a picture', async (what, output, answer) => {
  const completion = await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [{ role: 'user', content: task(`Generate ${what} for the chat history.`, output) }],
  })
  expect(JSON.parse(completion.choices[0]?.message.content ?? '')).toEqual(answer)
  expect(stack.fal.journal.jobs()).toEqual([])
})

// Shows: nextchat/tasks
test.each([
  '使用四到五个字直接返回这句话的简要主题，不要解释、不要标点、不要语气词、不要多余文本，不要加粗，如果没有主题，请直接返回“闲聊”',
  'Please generate a four to five word title summarizing our conversation without any lead-in, punctuation, quotation marks, periods, symbols, bold text, or additional text. Remove enclosing quotation marks.',
])('NextChat gets its title without a picture, streamed too: %s', async (content) => {
  const stream = await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    stream: true,
    messages: [
      { role: 'user', content: 'a cat in a spacesuit --ar 1:1' },
      { role: 'assistant', content: '![Generated Image](https://example.com/cat.png)' },
      { role: 'user', content },
    ],
  })
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  expect(text).toBe('a cat in a spacesuit')
  expect(stack.fal.journal.jobs()).toEqual([])
})

test('a wish that only looks a little like it is a wish for a picture', async () => {
  await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [{ role: 'user', content: '### Task: draw a poster with the title "Tags"' }],
  })
  expect(stack.fal.journal.jobs()).toHaveLength(1)
})
