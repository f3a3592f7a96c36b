import { deflateSync, gzipSync } from 'node:zlib'

import { add, encoded, onePart, typed, withLine, type Change } from './change.ts'
import { toPart } from './draft.ts'
import { ENCODINGS, FILE_NAMES, NAMES, TYPES, VALUES } from './words.ts'

/** What many clients do, and some do wrong; whether something comes of it is not said here. */
export const CHANGES: readonly [Change, ...Change[]] = [
  [
    'another order',
    (draft, { upTo }) => {
      const at = upTo(draft.parts.length)
      draft.parts = [...draft.parts.slice(at), ...draft.parts.slice(0, at)]
    },
  ],
  ['a part twice', (draft, dice) => onePart(draft, dice, (part) => [part, part])],
  ['a part missing', (draft, dice) => onePart(draft, dice, () => [])],
  [
    'an empty part',
    (draft, dice) => onePart(draft, dice, (part) => ({ ...part, body: Buffer.alloc(0) })),
  ],
  [
    'a part of noise',
    (draft, dice) =>
      onePart(draft, dice, (part) => ({
        ...part,
        body: Buffer.from(Array.from({ length: dice.upTo(200) }, () => dice.upTo(256))),
      })),
  ],
  [
    'a strange value',
    (draft, dice) =>
      onePart(draft, dice, (part) => ({ ...part, body: Buffer.from(dice.pick(VALUES)) })),
  ],
  ['a strange field', (draft, dice) => add(draft, toPart(dice.pick(NAMES), dice.pick(VALUES)))],
  [
    'a strange file',
    (draft, dice) => add(draft, toPart(dice.pick(NAMES), Buffer.from(dice.pick(VALUES)))),
  ],
  [
    'another name',
    (draft, dice) =>
      onePart(draft, dice, (part) => ({
        ...part,
        head: [`Content-Disposition: form-data; name="${dice.pick(NAMES)}"`],
      })),
  ],
  ['a huge name', (draft, dice) => add(draft, toPart('n'.repeat(1000 + dice.upTo(60_000)), 'x'))],
  [
    'many heads',
    (draft, dice) =>
      onePart(draft, dice, (part) => ({
        ...part,
        head: [...part.head, ...Array.from({ length: 300 }, (_, one) => `X-H${one}: v`)],
      })),
  ],
  [
    'a type',
    (draft, dice) =>
      onePart(draft, dice, (part) => withLine(part, `Content-Type: ${dice.pick(TYPES)}`)),
  ],
  [
    'an encoding',
    (draft, dice) =>
      onePart(draft, dice, (part) =>
        withLine(part, `Content-Transfer-Encoding: ${dice.pick(ENCODINGS)}`),
      ),
  ],
  [
    'base64 as it says',
    (draft, dice) =>
      onePart(draft, dice, (part) => ({
        head: [...part.head, 'Content-Transfer-Encoding: base64'],
        body: Buffer.from(part.body.toString('base64')),
      })),
  ],
  [
    'a head twice',
    (draft, dice) =>
      onePart(draft, dice, (part) => ({ ...part, head: [...part.head, ...part.head] })),
  ],
  [
    'a line that is no head',
    (draft, dice) => onePart(draft, dice, (part) => withLine(part, 'no colon here')),
  ],
  [
    'a folded head',
    (draft, dice) => onePart(draft, dice, (part) => withLine(part, 'X-Folded: a\r\n  b')),
  ],
  [
    'a file name',
    (draft, dice) =>
      onePart(draft, dice, ({ head, body }) => ({
        body,
        head: [`${head[0] ?? ''}; filename${dice.pick(FILE_NAMES)}`],
      })),
  ],
  [
    'line feeds alone',
    (draft) => {
      draft.lineEnd = '\n'
    },
  ],
  [
    'words before',
    (draft, { pick }) => {
      draft.before = pick(['preamble\r\n', '\r\n', '--\r\n'])
    },
  ],
  [
    'words behind',
    (draft, { pick }) => {
      draft.after = pick(['epilogue', '\r\n\r\n', '--x--\r\n'])
    },
  ],
  [
    'a quoted boundary',
    (draft) => typed(draft, `multipart/form-data; boundary="${draft.boundary}"`),
  ],
  [
    'other words beside the boundary',
    (draft) => typed(draft, `Multipart/Form-Data;charset=utf-8; BOUNDARY=${draft.boundary} ; a=b`),
  ],
  [
    'another type',
    (draft, { pick }) =>
      typed(
        draft,
        pick([
          'text/plain',
          'application/json',
          'application/x-www-form-urlencoded',
          '',
          'multipart/mixed',
          ';;',
        ]),
      ),
  ],
  [
    'the boundary inside a part',
    (draft, dice) =>
      onePart(draft, dice, (part) => ({
        ...part,
        body: Buffer.concat([part.body, Buffer.from(`\r\n--${draft.boundary}`)]),
      })),
  ],
  [
    'a web form',
    (draft) => {
      typed(draft, 'application/x-www-form-urlencoded')
      draft.wraps = [
        () => Buffer.from('model=flux-schnell&prompt=an+owl&n=%31&image%5B%5D=%ff&__proto__=1'),
      ]
    },
  ],
  [
    'gzip',
    (draft) => {
      encoded(draft, 'gzip', gzipSync)
    },
  ],
  [
    'deflate',
    (draft) => {
      encoded(draft, 'deflate', deflateSync)
    },
  ],
]
