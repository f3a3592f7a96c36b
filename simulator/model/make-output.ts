import type { Endpoint } from '../endpoints/endpoints.ts'
import { readField } from '../endpoints/validate-input.ts'
import type { JsonObject } from '../json.ts'
import type {
  ImageFormat,
  ImageSpec,
  OtherSpec,
  SoundSpec,
  VideoSpec,
} from '../media/media-spec.ts'
import type { MediaItem } from '../media/media-store.ts'
import type { Faults } from '../queue/faults.ts'
import { readByteCount } from '../units.ts'
import { toAnswer, type AnswerFacts } from './answer.ts'
import { chooseImageSize } from './image-size.ts'
import { chooseMediaFields, isSized, type FieldMedium, type MediaField } from './output-fields.ts'
import type { OutputRequest } from './output-request.ts'
import { planSound } from './sound/sound-plan.ts'
import type { ToldFile } from './told-file.ts'
import { chooseVideoLength, type VideoLength } from './video-length.ts'
import { chooseVideoSize } from './video-size.ts'

/** A model's answer, with the files still to be given their URLs. */
export interface ModelOutput {
  readonly items: readonly MediaItem[]
  /** Those of the answer's main field. */
  readonly main: readonly MediaItem[]
  /** Those whose size must be told. */
  readonly sized: ReadonlySet<MediaItem>
  /** What is charged for, besides counts and sizes: seconds that were made anew. */
  readonly length: VideoLength
  /** The answer for these files, one per item; `progress` is below 1 for what a stream says before its end. */
  tell(files: readonly ToldFile[], progress?: number): JsonObject
}

/** More than any endpoint makes; keeps a wrong `num_images` from filling the memory. */
const MAX_IMAGES = 64

const BIG_SEED = 196_619_188_014_358_661n

const FORMATS: Readonly<Record<string, ImageFormat>> = {
  png: 'png',
  rgba: 'png',
  alpha: 'png',
  jpeg: 'jpeg',
  jpg: 'jpeg',
  webp: 'webp',
}

function chooseFormat(endpoint: Endpoint, input: JsonObject): ImageFormat {
  const asked = readField(endpoint, input, 'output_format')
  const usual = endpoint.id.includes('sdxl') ? 'jpeg' : 'png'
  return (typeof asked === 'string' ? FORMATS[asked] : undefined) ?? usual
}

function countImages({ endpoint, input, onlyOne }: OutputRequest): number {
  if (onlyOne) return 1
  const images = readField(endpoint, input, 'num_images') ?? 1
  const each = readField(endpoint, input, 'max_images') ?? 1
  const count = typeof images === 'number' && typeof each === 'number' ? images * each : 1
  return Math.min(Math.max(1, count), MAX_IMAGES)
}

/** Sounds and videos come alone unless more are asked for; a text each, where there are several. */
function countSamples({ endpoint, input }: OutputRequest): number {
  const { texts } = input
  if (Array.isArray(texts)) return Math.min(texts.length, MAX_IMAGES)
  const counts = ['num_samples', 'num_songs', 'num_videos']
  const count = counts.map((field) => readField(endpoint, input, field)).find(Boolean)
  return typeof count === 'number' ? Math.min(Math.max(1, count), MAX_IMAGES) : 1
}

function chooseSeed(request: OutputRequest): number | bigint {
  if (request.faults.take('big-seed') !== undefined) return BIG_SEED
  const { seed } = request.input
  return typeof seed === 'number' ? seed : Math.floor(Math.random() * 2 ** 31)
}

function chooseFlagged(faults: Faults, count: number): readonly boolean[] {
  const which = faults.take('nsfw')
  const indexes = which === '' ? undefined : (which?.split(',').map(Number) ?? [])
  return Array.from({ length: count }, (_, index) => indexes?.includes(index) ?? true)
}

interface Plan extends OutputRequest {
  readonly seed: number | bigint
  readonly length: VideoLength
}

const drawnOf = ({ prompt, seed }: Plan) => ({ prompt, seed: `${seed}` })

function planImage(plan: Plan): Omit<ImageSpec, 'index'> {
  const { endpoint, input, sources } = plan
  return {
    ...drawnOf(plan),
    kind: 'image',
    ...chooseImageSize(endpoint, input, sources.image?.size),
    format: chooseFormat(endpoint, input),
    ...(sources.image && { source: sources.image.bytes }),
    ...(readField(endpoint, input, 'background') === 'transparent' && { transparent: true }),
  }
}

function planVideo(plan: Plan): Omit<VideoSpec, 'index'> {
  const { endpoint, input, sources } = plan
  const sizes = { video: sources.video?.facts, image: sources.image?.size }
  const source = sources.video?.still ?? sources.image?.bytes
  return {
    ...drawnOf(plan),
    kind: 'video',
    ...chooseVideoSize(endpoint, input, sizes),
    seconds: plan.length.seconds,
    ...(source && { source }),
  }
}

function planSoundOf(plan: Plan): Omit<SoundSpec, 'index'> {
  const { endpoint, input, prompt, sources } = plan
  const videoSeconds = sources.video?.facts?.seconds
  const sound = planSound({ endpoint, input, prompt, source: sources.sound, videoSeconds })
  return { ...sound, seed: `${plan.seed}` }
}

/** An archive with nothing in it; everything else is a few words of JSON. */
const EMPTY_ZIP = `PK\u0005\u0006${'\u0000'.repeat(18)}`

function planOther(name: string): Omit<OtherSpec, 'index'> {
  return name.includes('zip')
    ? { kind: 'other', extension: 'zip', contentType: 'application/zip', text: EMPTY_ZIP }
    : {
        kind: 'other',
        extension: 'json',
        contentType: 'application/json',
        text: JSON.stringify({ pretended: name }),
      }
}

function planSpec(plan: Plan, medium: FieldMedium, name: string) {
  switch (medium) {
    case 'image':
      return planImage(plan)
    case 'video':
      return planVideo(plan)
    case 'sound':
      return planSoundOf(plan)
    case 'other':
      return planOther(name)
  }
}

function planLength({ endpoint, input, sources }: OutputRequest): VideoLength {
  return chooseVideoLength(endpoint, input, {
    video: sources.video?.facts?.seconds,
    sound: sources.sound?.seconds,
  })
}

function countItems(request: OutputRequest, field: MediaField): number {
  if (!field.many) return 1
  return field.medium === 'image' ? countImages(request) : countSamples(request)
}

/** What the model answers: the fields that its output type requires, with files as the input asks. */
export function makeOutput(request: OutputRequest): ModelOutput {
  const { faults } = request
  const fields = chooseMediaFields(request.endpoint)
  const fewer = faults.take('images')
  const bytes = readByteCount(faults.take('bytes') ?? '')
  const plan: Plan = { ...request, seed: chooseSeed(request), length: planLength(request) }
  const [main] = fields
  const asked = main ? countItems(request, main) : 0
  const flagged = chooseFlagged(faults, Math.min(asked, Number(fewer ?? asked)))
  const items: MediaItem[] = []
  const sized = new Set<MediaItem>()
  const filled: AnswerFacts['filled'][number][] = []
  for (const field of fields) {
    const spec = planSpec(plan, field.medium, field.name)
    const count = field === main ? flagged.length : countItems(request, field)
    const own = Array.from({ length: count }, (_, index): MediaItem => {
      const black = field === main && flagged[index]
      return { spec: { ...spec, index, ...(black && { black }) }, faults, bytes }
    })
    filled.push({ field, items: own, first: items.length })
    items.push(...own)
    if (isSized(field)) for (const item of own) sized.add(item)
  }
  const facts: AnswerFacts = {
    ...plan,
    flagged,
    filled,
    shape: faults.take('shape'),
    forced: {
      size: faults.take('size') !== undefined,
      noSize: faults.take('no-size') !== undefined,
    },
  }
  return {
    items,
    main: filled[0]?.items ?? [],
    sized,
    length: plan.length,
    tell: (files, progress) => toAnswer(facts, files, progress),
  }
}
