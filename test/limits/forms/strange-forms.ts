import { createRandom } from '../../support/random.ts'
import { BREAKING } from './breaking.ts'
import { CHANGES } from './changes.ts'
import { toPart, write, type Bytes, type Draft, type Files } from './draft.ts'

/** A form as it goes out. */
export interface StrangeForm {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Bytes
  /** Whether it is no whole form: nothing may come of it. */
  readonly isBroken: boolean
  /** What was done to it. */
  readonly story: readonly string[]
}

type Field = readonly [name: string, value: string]
type Route = readonly [path: string, fields: readonly Field[]]

/** A whole form for each route that takes one; a value with `@` in front is a file. */
const ROUTES: readonly [Route, ...Route[]] = [
  [
    '/images/generations',
    [
      ['model', 'flux-schnell'],
      ['prompt', 'an owl'],
      ['n', '2'],
      ['size', '512x512'],
    ],
  ],
  [
    '/images/generations',
    [
      ['model', 'nano-banana'],
      ['prompt', 'an owl'],
      ['image', '@picture'],
    ],
  ],
  [
    '/images/edits',
    [
      ['model', 'nano-banana'],
      ['prompt', 'an owl'],
      ['image', '@picture'],
    ],
  ],
  [
    '/images/edits',
    [
      ['model', 'flux-dev'],
      ['prompt', 'an owl'],
      ['image[]', '@picture'],
      ['mask', '@mask'],
    ],
  ],
  [
    '/images/variations',
    [
      ['model', 'nano-banana'],
      ['image', '@picture'],
      ['n', '1'],
    ],
  ],
  [
    '/videos',
    [
      ['model', 'sora-2'],
      ['prompt', 'an owl'],
      ['seconds', '4'],
      ['size', '1280x720'],
    ],
  ],
  [
    '/videos',
    [
      ['model', 'sora-2'],
      ['prompt', 'an owl'],
      ['input_reference', '@picture'],
    ],
  ],
  [
    '/videos/edits',
    [
      ['prompt', 'an owl'],
      ['video', '@video'],
    ],
  ],
  [
    '/videos/extensions',
    [
      ['prompt', 'an owl'],
      ['seconds', '4'],
      ['video', '@video'],
    ],
  ],
  [
    '/videos/characters',
    [
      ['name', 'an owl'],
      ['video', '@video'],
    ],
  ],
  [
    '/audio/transcriptions',
    [
      ['model', 'whisper-1'],
      ['file', '@sound'],
      ['response_format', 'json'],
    ],
  ],
  [
    '/audio/translations',
    [
      ['file', '@sound'],
      ['model', 'whisper-1'],
    ],
  ],
  [
    '/files',
    [
      ['purpose', 'vision'],
      ['file', '@picture'],
    ],
  ],
]

/** Forms one after the other, the same for the same seed. */
export function createStrangeForms(seed: number, files: Files): () => StrangeForm {
  const random = createRandom(seed)
  const dice = {
    upTo: (most: number): number => Math.floor(random() * most),
    pick: <Item>(items: readonly [Item, ...Item[]]): Item =>
      items[Math.floor(random() * items.length)] ?? items[0],
  }
  return () => {
    const [path, fields] = dice.pick(ROUTES)
    const draft = toDraft(fields, files, `----b${dice.upTo(1e9)}`)
    const story: string[] = []
    const changes = Array.from({ length: dice.upTo(4) }, () => dice.pick(CHANGES))
    // In the end, so that nothing mends it again.
    if (dice.upTo(3) === 0) changes.push(dice.pick(BREAKING))
    for (const [name, change] of changes) {
      story.push(name)
      change(draft, dice)
    }
    const { headers, isBroken } = draft
    return { path: `/v1${path}`, headers, body: write(draft), isBroken, story }
  }
}

function toDraft(fields: readonly Field[], files: Files, boundary: string): Draft {
  return {
    parts: fields.map(([name, value]) => toPart(name, files[value] ?? value)),
    boundary,
    lineEnd: '\r\n',
    before: '',
    after: '',
    wraps: [],
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    isBroken: false,
  }
}
