import { expect, test } from 'vitest'

import { readWith } from '../read-with.ts'
import { readResponseInput, responseInput, type ResponsePrompt } from './response-input.ts'

function read(input: unknown): ResponsePrompt {
  return readResponseInput(readWith(responseInput, input))
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
  expect(read('a cat')).toEqual({ text: 'a cat', sources: [], earlier: undefined })
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
  expect(read([...others, said(text('a cat'))])).toEqual({
    text: 'a cat',
    sources: [],
    earlier: undefined,
  })
})
