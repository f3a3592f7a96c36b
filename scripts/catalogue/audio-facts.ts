import { createMediumCatalogue } from '../../src/models/catalogue/medium-catalogue.ts'
import { toSpeechCard } from '../../src/models/speech/speech-card.ts'
import { createSpeechKind } from '../../src/models/speech/speech-kind.ts'
import type { SpeechModel, SpeechSpec } from '../../src/models/speech/speech-spec.ts'
import { createTranscriptKind } from '../../src/models/transcripts/transcript-kind.ts'
import type {
  TranscriptModel,
  TranscriptSpec,
} from '../../src/models/transcripts/transcript-spec.ts'

const ALL = { customs: [], allowed: [], isOther: () => false }
const speakers = createMediumCatalogue(createSpeechKind(), ALL)
const writers = createMediumCatalogue(createTranscriptKind(), ALL)

/** The curated models that make sound as the rows of a table, its heading first. */
export function toSpeechTable(): readonly (readonly string[])[] {
  return [
    ['Model', 'Endpoint', 'Makes', 'Voices', 'Formats', 'Speed'],
    ...speakers.models.map((model) => {
      const { names, sound, speak } = model
      const { formats, voices } = toSpeechCard(model)
      return [
        codes(names),
        codes([speak.id]),
        sound,
        voices.length === 0 ? '' : String(voices.length),
        codes(formats),
        speak.speed === undefined ? '' : toRange(speak.speed),
      ]
    }),
  ]
}

/** The curated models that write speech down, the same way. */
export function toTranscriptTable(): readonly (readonly string[])[] {
  return [
    ['Model', 'Endpoints', 'Times', 'Speakers', 'Translates'],
    ...writers.models.map(({ names, transcribe, more = [] }) => {
      const all: readonly TranscriptSpec[] = [transcribe, ...more]
      const can = (has: (spec: TranscriptSpec) => boolean): string => (all.some(has) ? 'yes' : '')
      const times = (['words', 'segments', 'none'] as const).find((one) =>
        all.some((spec) => spec.times === one),
      )
      return [
        codes(names),
        codes(all.map(({ id }) => id)),
        times ?? '',
        can(({ speakers: field }) => field !== undefined),
        can(({ translate }) => translate !== undefined),
      ]
    }),
  ]
}

/** A line for every endpoint of the table that makes sound, in groups. */
export function writeSpeechLists(): readonly string[] {
  const groups = Map.groupBy(modelsById(speakers.all()), groupOf)
  return Object.entries(TITLES).flatMap(([group, title]) => {
    const among = [...groups].find(([name]) => name === group)?.[1] ?? []
    return [
      `### ${title}\n`,
      ...among.map(({ speak }) => `- \`${speak.id}\`: ${toLine(speak)}`),
      '',
    ]
  })
}

/** A line for every endpoint of the table that writes speech down. */
export function writeTranscriptList(): readonly string[] {
  const specs = writers
    .all()
    .flatMap((one: TranscriptModel) => [one.transcribe, ...(one.more ?? [])])
  const byId = new Map(specs.map((spec) => [spec.id, spec]))
  return [...byId.values()].map(({ id, times, speakers: field, translate, required = [] }) => {
    const facts = [
      times === 'none' ? 'no times' : `times of ${times}`,
      ...(field === undefined ? [] : ['speakers']),
      ...(translate === undefined ? [] : ['translates']),
      ...(required.length === 0 ? [] : [`needs ${codes(required)}`]),
    ]
    return `- \`${id}\`: ${facts.join('; ')}`
  })
}

const TITLES = {
  speech: 'Speaks',
  music: 'Makes music',
  sounds: 'Makes sounds',
  works: 'Works on a recording or a video',
} as const

function groupOf({ sound, speak }: SpeechModel): keyof typeof TITLES {
  const { text, required = [] } = speak
  const works = required.some((name) => /audio|video|speech|url/.test(name))
  return works && (text === undefined || text.optional === true) ? 'works' : sound
}

/** Several names may mean one endpoint, and a model may have several. */
function modelsById(models: readonly SpeechModel[]): readonly SpeechModel[] {
  const byId = new Map(models.map((model) => [model.speak.id, model]))
  return [...byId.values()].toSorted((a, b) => (a.speak.id < b.speak.id ? -1 : 1))
}

function toLine({
  voice,
  speed,
  instructions,
  seconds,
  format,
  text,
  required = [],
}: SpeechSpec): string {
  const facts = [
    ...(text?.max === undefined ? [] : [`${text.max} characters`]),
    ...(voice === undefined
      ? []
      : [voice.names.length === 0 ? 'a voice' : `${voice.names.length} voices`]),
    ...(speed === undefined ? [] : ['speed']),
    ...(instructions === undefined ? [] : ['instructions']),
    ...(seconds === undefined ? [] : ['a length']),
    ...(format === undefined ? [] : [codes(Object.keys(format.values))]),
    ...(required.length === 0 ? [] : [`needs ${codes(required)}`]),
  ]
  return facts.length === 0 ? 'nothing but a text' : facts.join('; ')
}

function toRange({ min, max }: { readonly min?: number; readonly max?: number }): string {
  return min === undefined && max === undefined ? 'yes' : `${min ?? ''} to ${max ?? ''}`
}

function codes(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(' ')
}
