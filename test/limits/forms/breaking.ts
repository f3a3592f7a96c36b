import { add, encoded, onePart, typed, wrap, type Change } from './change.ts'
import { toPart, type Bytes, type Draft } from './draft.ts'

function breaking(name: string, work: Change[1]): Change {
  return [
    name,
    (draft, dice) => {
      draft.isBroken = true
      work(draft, dice)
    },
  ]
}

/** Where the last boundary begins; of what is compressed, its last bytes. */
function endOf(body: Bytes, { boundary }: Draft): number {
  const end = body.lastIndexOf(`--${boundary}--`)
  return end === -1 ? Math.max(0, body.byteLength - 10) : end
}

/** After these it is no whole form: nothing may come of it. */
export const BREAKING: readonly [Change, ...Change[]] = [
  breaking('cut off', (draft, { upTo }) => {
    const share = upTo(1000) / 1001
    wrap(draft, (body) => body.subarray(0, Math.floor(endOf(body, draft) * share)))
  }),
  breaking('no last boundary', (draft) =>
    wrap(draft, (body) => body.subarray(0, endOf(body, draft))),
  ),
  breaking('no boundary said', (draft) => typed(draft, 'multipart/form-data')),
  breaking('an empty boundary said', (draft) => typed(draft, 'multipart/form-data; boundary=')),
  breaking('another boundary said', (draft) => typed(draft, 'multipart/form-data; boundary=other')),
  breaking('a part without a name', (draft, dice) =>
    onePart(draft, dice, (part) => ({ ...part, head: ['Content-Disposition: form-data'] })),
  ),
  breaking('a part without a disposition', (draft, dice) =>
    onePart(draft, dice, (part) => ({ ...part, head: ['X-Nothing: here'] })),
  ),
  breaking('a part without a head', (draft, dice) =>
    onePart(draft, dice, (part) => ({ ...part, head: [] })),
  ),
  breaking('too many parts', (draft) =>
    add(draft, ...Array.from({ length: 80 }, (_, one) => toPart(`p${one}`, 'x'))),
  ),
  breaking('nothing', (draft) => wrap(draft, () => Buffer.alloc(0))),
  breaking('broken gzip', (draft) =>
    encoded(draft, 'gzip', (body) => Buffer.concat([Buffer.from([0x1f, 0x8b]), body])),
  ),
]
