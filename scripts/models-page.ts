import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { SOURCE } from '../src/models/generated/source.ts'
import * as videos from '../src/models/generated/videos.ts'
import { FAMILIES } from '../src/models/images/families/index.ts'
import { inferSpec, type Work } from '../src/models/images/infer/infer-spec.ts'
import { endpointsOf, type EndpointSpec } from '../src/models/model-spec.ts'
import { openEndpointTable } from '../src/models/schema/endpoint-table.ts'
import { inferVideoSpec } from '../src/models/videos/infer/infer-spec.ts'
import { createVideoModels } from '../src/models/videos/video-models.ts'
import {
  toSpeechTable,
  toTranscriptTable,
  writeSpeechLists,
  writeTranscriptList,
} from './catalogue/audio-facts.ts'
import { toLine, toModelTable } from './catalogue/model-facts.ts'
import { SOURCES } from './catalogue/prices.ts'
import { purposeOf, toVideoLine, toVideoTable, type VideoPurpose } from './catalogue/video-facts.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

/** Where the page is written. */
export const PAGE_FILE = path.join(import.meta.dirname, '../docs/models.md')

const INTRODUCTION = `# Models

<!-- Written by \`npm run docs:models\`; do not change it by hand. -->

The curated models, in the order of \`GET /v1/models\`. The first two are the ones that the first Worker had. \`GET /v1/models?scope=all\` lists every endpoint below too, and \`npm run models:search -- <words>\` searches them.

- **Names.** Case, spaces, dots, dashes and underscores do not tell names apart. The endpoint id is a name too, and so is the id without its owner (\`qwen-image-edit\`). \`dall-e-2\` and \`dall-e-3\` mean the default model (\`DEFAULT_MODEL\`); \`chatgpt-image-latest\` and every \`gpt-image-…\` that has no row of its own mean \`gpt-image-2\`.
- **Sizes.** A list of ratios: the nearest one is taken. \`1K\`, \`2K\`, \`4K\`: the nearest resolution. Pixels: taken as asked when they keep to the limits, else rounded and clamped with the ratio kept. A ratio on a pixel model changes the shape of what the endpoint makes by default, not how much of it, and gives about a megapixel at least; where fal has a preset of that shape and size, the preset is sent.
- **Pictures per request.** When \`n\` is larger, several fal requests run side by side, at most six at a time.
- **Formats.** Values of \`output_format\`; empty: the endpoint has no such field.
- **Prompt.** Characters; empty: no limit is known but the 32,000 of the surface.
- **Works on pictures.** How many, and the endpoint that does it; empty: the model only makes new ones.
- **Mask.** The endpoint that works inside one.
- **Successors.** Who serves when fal answers that the endpoint is gone; see [the decision](decisions/2026-11-23-retired-endpoints.md).
- **Price.** Where one is known, a picture unless it says otherwise; empty: look at the model's page at fal. fal's own page decides, and \`x-cost-usd\` in the answer tells what a request really cost. Behind each price stands where it comes from: ${sourcesOf()}.
`

function sourcesOf(): string {
  return Object.entries(SOURCES)
    .map(([name, meaning]) => `(${name}) ${meaning}`)
    .join('; ')
}

const TITLES: Readonly<Record<Work, string>> = {
  generate: 'Makes pictures out of words',
  edit: 'Works on pictures by words',
  inpaint: 'Works inside a mask',
  vary: 'Makes variations of a picture',
  upscale: 'Makes a picture larger',
  'remove-background': 'Takes the background away',
  other: 'Other work on pictures',
}

/** The whole page `docs/models.md`. */
export function writeModelsPage(): string {
  const groups = Map.groupBy(readEndpoints(), ({ work }) => work)
  const lists = Object.entries(TITLES).flatMap(([work, title]) => {
    const among = [...groups].find(([name]) => name === work)?.[1] ?? []
    return [`### ${title}\n`, ...among.map(({ spec }) => `- \`${spec.id}\`: ${toLine(spec)}`), '']
  })
  return [
    INTRODUCTION,
    ...toTable(toModelTable(FAMILIES)),
    '\nWhere the facts come from: fal’s published endpoint schemas, and the field descriptions quoted in `src/models/images/families/`. Where no limit is published, the one in the file is careful and says so in a comment.\n',
    '## Every endpoint\n',
    `The image endpoints in the types of \`${SOURCE.package}\` ${SOURCE.version}. Sizes, formats and fields are as of that version. An endpoint that is used has fal's own schema looked at once a day, and what that says goes before this table. One that is newer is a name as well: its schema is fetched from fal when it is first asked for.\n`,
    ...lists,
    '## Video models\n',
    VIDEO_MODELS,
    ...toTable(toVideoTable(createVideoModels().curated())),
    '\n## Every video endpoint\n',
    VIDEOS,
    ...writeVideoLists(),
    '## Sound models\n',
    SPEECH,
    ...toTable(toSpeechTable()),
    '\n## Every endpoint that makes sound\n',
    SOUNDS,
    ...writeSpeechLists(),
    '## Transcript models\n',
    TRANSCRIPTS,
    ...toTable(toTranscriptTable()),
    '\n## Every endpoint that writes speech down\n',
    ...writeTranscriptList(),
    '',
  ]
    .join('\n')
    .replace(/\n+$/, '\n')
}

function toTable([heading = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

const VIDEO_MODELS = `The curated models behind \`POST /v1/videos\`. Length, shapes and resolutions are those of the first endpoint; the endpoint follows from what is sent: words, a first frame, first and last, references, a video. \`sora-2\` and \`sora-2-pro\` are names that clients have in their code: OpenAI ended both on 2026-09-24, and \`MODELS\` can give them other endpoints.
`

const VIDEOS = `The video endpoints in the types of the same package, with the lengths, shapes and resolutions that each takes. What is asked is brought to the nearest of them that is not dearer, and told in \`x-adjusted\`. Where fal states no limit for a length, the one here is careful.
`

const SPEECH = `The curated models behind \`POST /v1/audio/speech\`. Voices are counted with OpenAI's thirteen names where the model has one for each; \`GET /v1/audio/voices?model=…\` lists them. Where no format is named the model makes the one that it makes.
`

const SOUNDS = `The endpoints in the types of the same package that make sound, and the curated ones that are newer, with what each takes beside a text.
`

const TRANSCRIPTS = `The curated models behind \`POST /v1/audio/transcriptions\` and \`/v1/audio/translations\`. Of several endpoints the first serves that can do what the answer needs.
`

const VIDEO_TITLES: Readonly<Record<VideoPurpose, string>> = {
  words: 'Makes videos out of words',
  image: 'Begins with an image',
  references: 'Shows what is in images',
  audio: 'Goes with a sound: talking heads, music',
  edit: 'Works on a video by words',
  extend: 'Makes a video longer',
  tool: 'Other work on videos',
  other: 'Needs fields of its own',
}

function writeVideoLists(): readonly string[] {
  const table = openEndpointTable(videos)
  const specs = table.ids.flatMap((id) => {
    const schema = table.schemaOf(id)
    return schema === undefined ? [] : [inferVideoSpec(schema)]
  })
  const groups = Map.groupBy(specs, purposeOf)
  return Object.entries(VIDEO_TITLES).flatMap(([purpose, title]) => {
    const among = [...groups].find(([name]) => name === purpose)?.[1] ?? []
    return [`### ${title}\n`, ...among.map((spec) => `- \`${spec.id}\`: ${toVideoLine(spec)}`), '']
  })
}

interface Described {
  readonly work: Work
  readonly spec: EndpointSpec
}

/** Every endpoint of the table with its kind of work. */
export function readEndpoints(): readonly Described[] {
  const table = openEndpointTable()
  const curated = new Map(FAMILIES.flatMap(endpointsOf).map((spec) => [spec.id, spec]))
  return table.ids.flatMap((id) => {
    const schema = table.schemaOf(id)
    const inferred = schema && inferSpec(schema)
    return inferred?.kind === 'image'
      ? [{ work: inferred.work, spec: curated.get(id) ?? inferred.spec }]
      : []
  })
}

if (import.meta.main) {
  answerHelp(`npm run docs:models

Writes docs/models.md from the catalogue.`)
  writeFileSync(PAGE_FILE, writeModelsPage())
  formatFiles(PAGE_FILE)
  console.log(path.relative(process.cwd(), PAGE_FILE))
}
