import { expect, test } from 'vitest'

import { readWith } from '../read-with.ts'
import { readResponseInput, responseInput, type ResponsePrompt } from './response-input.ts'

function read(input: unknown): ResponsePrompt {
  return readResponseInput(readWith(responseInput(), input))
}

const said = (...content: readonly unknown[]): unknown => ({ role: 'user', content })
const text = (words: string): unknown => ({ type: 'input_text', text: words })
const image = (url: string): unknown => ({ type: 'input_image', image_url: url })
const made = (id: string, result?: string): unknown => ({
  type: 'image_generation_call',
  id,
  result,
})
const A = 'https://example.com/a.png'
const B = 'https://example.com/b.png'

test('a text is the whole prompt', () => {
  expect(read('a cat')).toMatchObject({ text: 'a cat', sources: [], earlier: undefined })
})

test('of a conversation the last thing the user said counts, its parts joined', () => {
  const { text: prompt, sources } = read([
    said(text('a cat'), image(A)),
    { role: 'assistant', content: [{ type: 'output_text', text: 'Here it is.' }] },
    { type: 'message', role: 'user', content: [text('a dog'), text('in a boat')] },
    { role: 'developer', content: 'Be kind.' },
  ])
  expect([prompt, sources]).toEqual(['a dog\nin a boat', []])
})

test('pictures of the message itself come in order, by URL, data or file', () => {
  const file = { type: 'input_image', file_id: 'file-1', detail: 'auto' }
  const { sources } = read([said(image(A), text('mix'), image('iVBORw0KGgoAAAA'), file)])
  expect(sources).toEqual([
    { kind: 'url', url: A },
    { kind: 'data', uri: 'data:image/png;base64,iVBORw0KGgoAAAA' },
    { kind: 'file', id: 'file-1' },
  ])
})

const made1 = { kind: 'earlier', id: 'ig_1' }

test.for<[object, readonly unknown[]]>([
  [{ kind: 'earlier', id: 'ig_2' }, [made('ig_1'), said(text('a')), made('ig_2'), said(text('b'))]],
  [made1, [said(text('b')), made('ig_1')]],
  [made1, [{ type: 'item_reference', id: 'ig_1' }, said(text('b'))]],
  [
    { kind: 'data', uri: 'data:image/png;base64,iVBORw0KGgoA' },
    [made('ig_1', 'iVBORw0KGgoA'), said(text('b'))],
  ],
  [{ kind: 'url', url: B }, [said(image(A), image(B)), said(text('b'))]],
  [made1, [said(image(A)), made('ig_1'), said(text('b'))]],
])('the picture before the last message is %j', ([reference, input]) => {
  expect(read(input).earlier).toEqual(reference)
})

test('items of other kinds say nothing', () => {
  const others = [
    { type: 'reasoning', id: 'rs_1', summary: [] },
    { type: 'item_reference', id: 'msg_1' },
    { type: 'function_call', id: 'fc_1' },
    made('foreign'),
  ]
  expect(read([...others, said(text('a cat'))])).toMatchObject({
    text: 'a cat',
    sources: [],
    earlier: undefined,
  })
})

test('what was said besides is told apart by who said it', () => {
  const { before, instructions, instructedLast } = read([
    { role: 'system', content: 'Draw.' },
    said(text('a cat')),
    { role: 'assistant', content: [{ type: 'output_text', text: 'Here it is.' }] },
    said(text('a dog')),
    { role: 'developer', content: 'Be kind.' },
  ])
  expect({ before, instructions, instructedLast }).toEqual({
    before: ['a cat'],
    instructions: ['Draw.', 'Be kind.'],
    instructedLast: true,
  })
})

const answered = { role: 'assistant', content: [{ type: 'output_text', text: `![a](${A})` }] }

test.for<[boolean, string, readonly unknown[]]>([
  [true, 'our message', [made('ig_1', 'iVBORw0KGgoA'), answered]],
  [true, 'an image with its data', [made('ig_1', 'iVBORw0KGgoA')]],
  [
    true,
    'an image that is done',
    [{ type: 'image_generation_call', id: 'x', status: 'completed' }],
  ],
  [true, 'a function’s output', [{ type: 'function_call_output', call_id: 'c', output: '21' }]],
  [false, 'an image by its id alone', [made('ig_1')]],
  [false, 'another message', [answered, said(text('b'))]],
])('it is over, %s, when last comes %s', ([isOver, , items]) => {
  expect(read([said(text('a')), ...items]).isOver).toBe(isOver)
})

test('an image in a function’s output is worked on', () => {
  const output = { type: 'function_call_output', call_id: 'c', output: [image(A)] }
  const { isOver, sources } = read([said(text('make it blue')), output])
  expect({ isOver, sources }).toEqual({ isOver: false, sources: [{ kind: 'url', url: A }] })
})

test('an image that a message shows is the one before', () => {
  expect(read([answered, said(text('b'))]).earlier).toEqual({ kind: 'url', url: A })
})
