import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

// Fields that came to OpenAI's contract late: told back, made, named in x-adjusted, or refused; none vanishes.

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

async function draw(path: string, body: object) {
  const response = await stack.post(path, { model: 'flux-dev', ...body })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('safety_identifier', () => {
  test.for([
    ['safety_identifier', { safety_identifier: 'of-caller', user: 'older' }],
    ['user', { user: 'of-caller' }],
  ] as const)('is told back: %s', async ([, said]) => {
    const { data, ...answer } = await stack.openai.images.generate({
      model: 'flux-dev',
      prompt: 'a cat',
      ...said,
    })
    expect(answer).toMatchObject({ safety_identifier: 'of-caller' })
    expect(data).toHaveLength(1)
  })

  test('is told back of edits, as a form too', async () => {
    const image = new File([new Uint8Array(await aPicture())], 'a.png')
    const wish = { model: 'flux-dev', image, prompt: 'blue', safety_identifier: '123' }
    expect(await stack.openai.images.edit(wish)).toMatchObject({ safety_identifier: '123' })
  })

  test('stands in the completed event of a stream', async () => {
    const stream = await stack.openai.images.generate({
      model: 'flux-dev',
      prompt: 'a cat',
      safety_identifier: 'of-caller',
      stream: true,
    })
    const events = await Array.fromAsync(stream)
    expect(events.at(-1)).toMatchObject({
      type: 'image_generation.completed',
      safety_identifier: 'of-caller',
    })
  })

  test('is told back by Responses, and is not there where it was not said', async () => {
    const wish = { model: 'flux-dev', input: 'draw a cat' }
    const said = await stack.openai.responses.create({ ...wish, safety_identifier: 'of-caller' })
    expect(said.safety_identifier).toBe('of-caller')
    expect(await stack.openai.responses.create(wish)).not.toHaveProperty('safety_identifier')
    expect((await draw('/images/generations', { prompt: 'a cat' })).text).not.toContain('safety')
  })
})

describe('service_tier is told back as it was treated', () => {
  test.for([
    ['flex', 'flex'],
    ['priority', 'default'],
    ['auto', 'default'],
  ] as const)('%s: %s', async ([asked, told]) => {
    const messages = [{ role: 'user' as const, content: 'draw a cat' }]
    const wish = { model: 'flux-dev', service_tier: asked }
    const chat = await stack.openai.chat.completions.create({ ...wish, messages })
    expect(chat.service_tier).toBe(told)
    const stream = await stack.openai.chat.completions.create({ ...wish, messages, stream: true })
    const chunks = await Array.fromAsync(stream)
    expect(new Set(chunks.map(({ service_tier: tier }) => tier))).toEqual(new Set([told]))
    const response = await stack.openai.responses.create({ ...wish, input: 'draw a cat' })
    expect(response.service_tier).toBe(told)
  })
})

describe('background_options', () => {
  test.for([
    ['soonest', undefined],
    ['2h', 'low'],
    ['8h', 'low'],
  ] as const)(
    'a completion_window of %s is a priority of %s at fal',
    async ([window, priority]) => {
      const body = {
        input: 'draw a cat',
        background: true,
        background_options: { completion_window: window },
      }
      expect((await draw('/responses', body)).status).toBe(200)
      const submit = stack.fal.journal.entries().find(({ kind }) => kind === 'submit')
      expect(submit?.headers['x-fal-queue-priority']).toBe(priority)
    },
  )

  test.for([{ continuation_id: 'c' }, { completion_window: '3h' }])(
    '%o is refused',
    async (options) => {
      const body = { input: 'draw a cat', background: true, background_options: options }
      const { status, text } = await draw('/responses', body)
      expect([status, text]).toEqual([400, expect.stringContaining('background_options')])
      expect(stack.fal.journal.jobs()).toEqual([])
    },
  )
})

describe('what no endpoint here makes is named', () => {
  test.for([
    ['complexity', { complexity: 'high' }, 'complexity->not-supported'],
    ['frames', { output_format: 'gif', frame_count: 4 }, 'frame_count->not-supported'],
    [
      'their time',
      { output_format: 'gif', frame_duration_ms: 100 },
      'frame_duration_ms->not-supported',
    ],
    ['svg', { output_format: 'svg', svg: { model: 'a' } }, 'svg->not-supported'],
  ] as const)('%s', async ([, body, named]) => {
    const { status, headers } = await draw('/images/generations', { prompt: 'a cat', ...body })
    expect([status, headers.get('x-adjusted')]).toEqual([200, expect.stringContaining(named)])
  })

  test.for([
    ['low', 'minimal', null],
    ['medium', 'minimal', 'complexity=medium->minimal'],
    ['high', 'high', null],
  ] as const)(
    'complexity %s is thinking where the model has it',
    async ([complexity, thinking, adjusted]) => {
      const body = { model: 'nano-banana-2', prompt: 'a cat', complexity }
      const { headers } = await draw('/images/generations', body)
      expect(headers.get('x-adjusted')).toBe(adjusted)
      expect(stack.fal.journal.jobs()[0]?.input).toMatchObject({ thinking_level: thinking })
    },
  )

  test('markup is refused as JSON and as a form, before anything is paid', async () => {
    const picture = 'https://example.com/a.png'
    const asJson = await draw('/images/edits', {
      prompt: 'a cat',
      image: picture,
      markup: { image_url: picture },
    })
    expect([asJson.status, asJson.text]).toEqual([400, expect.stringContaining('"param":"markup"')])
    const file = new File([new Uint8Array(await aPicture())], 'a.png')
    const form = new FormData()
    for (const [name, value] of [
      ['model', 'flux-dev'],
      ['prompt', 'x'],
      ['image', file],
      ['markup', file],
    ] as const) {
      form.set(name, value)
    }
    const asForm = await stack.request('/images/edits', { method: 'POST', body: form })
    expect([asForm.status, await asForm.text()]).toEqual([
      400,
      expect.stringContaining('"param":"markup"'),
    ])
    expect(stack.fal.journal.jobs()).toEqual([])
  })
})
