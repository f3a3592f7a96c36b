import { afterAll, beforeAll, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

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

// Shows: nextchat/tasks
test.each([
  '简要总结一下对话内容，用作后续的上下文提示 prompt，控制在 200 字以内',
  'Summarize the discussion briefly in 200 words or less to use as a prompt for future context.',
])('NextChat gets the summary of a long chat without a picture: %s', async (content) => {
  const completion = await stack.openai.chat.completions.create({
    model: 'nano-banana-2',
    messages: [
      { role: 'user', content: 'a cat in a spacesuit' },
      { role: 'assistant', content: '![Generated Image](https://example.com/cat.png)' },
      { role: 'user', content: 'make it blue' },
      { role: 'assistant', content: '![Generated Image](https://example.com/blue.png)' },
      { role: 'system', content },
    ],
  })
  expect(completion.choices[0]?.message.content).toBe('a cat in a spacesuit\nmake it blue')
  expect(stack.fal.journal.jobs()).toEqual([])
})

const WISH = '画一只猫 16:9'

/** What other apps send for a title, in their own words, and how the conversation stands in it. */
const TITLES: readonly (readonly [app: string, system: string | undefined, user: string])[] = [
  [
    'LobeChat',
    `You are a professional conversation summarizer. Generate a concise title that captures the essence of the conversation.

Rules:
- Output ONLY the title text, no explanations or additional context
- Maximum 10 words`,
    `user: ${WISH}\nassistant: Generated image with prompt: "画一只猫"`,
  ],
  [
    'a later LobeChat',
    'You are a professional conversation summarizer. Generate a concise title that captures the essence of the conversation.',
    `<user>\n${WISH}\n</user>\n<assistant>\n![Generated Image](https://example.com/cat.png)\n</assistant>`,
  ],
  [
    'an earlier LobeChat',
    '你是一名擅长会话的助理，你需要将用户的会话总结为 10 个字以内的标题',
    `user: ${WISH}\nassistant: 好的\n\n请总结上述对话为10个字以内的标题，不需要包含标点符号，输出语言语种为：zh-CN`,
  ],
  [
    'Cherry Studio',
    "You are an assistant skilled in conversation. You need to summarize the user's conversation into a title within 10 words. The language of the title should be consistent with the user's primary language. Do not use punctuation marks or other special symbols",
    JSON.stringify([
      { role: 'user', mainText: WISH },
      { role: 'assistant', mainText: '![Generated Image](…)' },
    ]),
  ],
  [
    'an earlier Cherry Studio',
    '你是一名擅长会话的助理，你需要将用户的会话总结为 10 个字以内的标题，标题语言与用户的首要语言一致，不要使用标点符号和其他特殊符号',
    WISH,
  ],
  [
    'Chatbox',
    undefined,
    `Based on the chat history, give this conversation a name.
Keep it short - 10 characters max, no quotes.
Use 简体中文.
Just provide the name, nothing else.

Here's the conversation:

\`\`\`
${WISH}

---------

Generated image with prompt: "画一只猫"
\`\`\`

Name this conversation in 10 characters or less.
Use 简体中文.
Only give the name, nothing else.

The name is:`,
  ],
  [
    'LibreChat',
    undefined,
    `Provide a concise, 5-word-or-less title for the conversation, using title case conventions. Only return the title itself.

Conversation:
User: ${WISH}
AI: Generated image with prompt: "画一只猫"`,
  ],
  [
    'LibreChat in its structured way',
    undefined,
    `Analyze this conversation and provide:
1. The detected language of the conversation
2. A concise title in the detected language (5 words or less, no punctuation or quotation)

User: ${WISH}
AI: Generated image with prompt: "画一只猫"`,
  ],
  [
    'LibreChat’s assistants',
    undefined,
    `Please generate a concise title (max 40 characters) for a conversation that starts with:
User: ${WISH}
Assistant: ![Generated Image](https://example.com/cat.png)

Title:`,
  ],
]

// Shows: lobechat/tasks, cherry-studio/tasks, chatbox/tasks, librechat/tasks
test.each(TITLES)('%s gets its title without a picture', async (_, system, content) => {
  const completion = await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user', content },
    ],
  })
  expect(completion.choices[0]?.message.content).toBe('画一只猫')
  expect(stack.fal.journal.jobs()).toEqual([])
})

// Shows: lobechat/tasks, cherry-studio/tasks
test.each(['hi', 'Hello!', 'test', '你好', '你好！'])(
  '%s, by which people and apps see whether a model answers, is answered in words',
  async (content) => {
    const completion = await stack.openai.chat.completions.create({
      model: 'imagen4-preview',
      messages: [
        { role: 'system', content: 'test' },
        { role: 'user', content },
      ],
    })
    expect(completion.choices[0]?.message.content).toMatch(/describe the picture you want/)
    expect(stack.fal.journal.jobs()).toEqual([])
  },
)

test('a greeting with more to it is a wish', async () => {
  await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [{ role: 'user', content: 'hello kitty' }],
  })
  expect(stack.fal.journal.jobs()).toHaveLength(1)
  stack.fal.journal.clear()
})

test('a wish under an app’s usual system message is a wish', async () => {
  stack.fal.journal.clear()
  await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [
      { role: 'system', content: 'You are a helpful assistant who draws.' },
      { role: 'user', content: 'a professional conversation summarizer at a desk' },
    ],
  })
  expect(stack.fal.journal.jobs()).toHaveLength(1)
  stack.fal.journal.clear()
})

test('a wish that only looks a little like it is a wish for a picture', async () => {
  await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [{ role: 'user', content: '### Task: draw a poster with the title "Tags"' }],
  })
  expect(stack.fal.journal.jobs()).toHaveLength(1)
})

test('--draw draws what would be answered in words', async () => {
  stack.fal.journal.clear()
  await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [{ role: 'user', content: 'hello --draw' }],
  })
  expect(stack.fal.journal.jobs()).toMatchObject([{ input: { prompt: 'hello' } }])
})

test('a health check with hardly any tokens costs nothing', async () => {
  stack.fal.journal.clear()
  const messages = [{ role: 'user' as const, content: 'a castle' }]
  await stack.openai.chat.completions.create({ model: 'flux-dev', messages, max_tokens: 1 })
  await stack.openai.chat.completions.create({
    model: 'flux-dev',
    messages,
    max_completion_tokens: 16,
  })
  expect(stack.fal.journal.jobs()).toEqual([])
})

test.each([
  [{ role: 'assistant' as const, content: '![x](https://example.com/x.png)' }, /example\.com\/x/],
  [{ role: 'tool' as const, tool_call_id: 'c1', content: '21 °C' }, /Nothing more was asked/],
])('a chat that ends with %j is not drawn again', async (last, words) => {
  stack.fal.journal.clear()
  const completion = await stack.openai.chat.completions.create({
    model: 'nano-banana-2',
    messages: [{ role: 'user', content: 'a castle' }, last],
  })
  expect(completion.choices[0]?.message.content).toMatch(words)
  expect(stack.fal.journal.jobs()).toEqual([])
})

test('JSON by a schema is answered with its fields', async () => {
  stack.fal.journal.clear()
  const completion = await stack.openai.chat.completions.create({
    model: 'nano-banana-2',
    messages: [
      { role: 'user', content: 'a castle' },
      { role: 'assistant', content: 'Here it is.' },
      { role: 'user', content: 'Sort the chat.' },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'sorted', schema: { properties: { title: { type: 'string' } } } },
    },
  })
  expect(completion.choices[0]?.message.content).toBe('{"title":"a castle"}')
  expect(stack.fal.journal.jobs()).toEqual([])
})
