import { toBillableUnits, type Charged } from '../endpoints/prices/prices.ts'
import { readField, type ErrorDetail } from '../endpoints/validate-input.ts'
import type { JsonObject } from '../json.ts'
import { contentTypeOf, type MediaItem, type PublishedItem } from '../media/media-store.ts'
import { paddedChunks, paddedLength } from '../media/padding.ts'
import { measureSound } from '../media/sound/sound-facts.ts'
import type { Job } from '../queue/job.ts'
import { toFailure, type Outcome } from '../queue/outcome.ts'
import type { Lifecycle } from '../queue/preferences.ts'
import type { Simulation } from '../simulation.ts'
import { makeOutput } from './make-output.ts'
import { modelErrors, type ModelError } from './model-errors.ts'
import type { OwnFiles } from './own-files.ts'
import { readSources, type Sources } from './sources.ts'
import type { ToldFile } from './told-file.ts'

function toProblem(status: number, detail: readonly unknown[]): Outcome {
  return {
    status,
    headers: { 'x-fal-billable-units': '0' },
    readBody: () => Promise.resolve({ detail }),
  }
}

function placeOf(error: ModelError, input: JsonObject): Pick<ErrorDetail, 'loc' | 'input'> {
  const { place } = error
  if (place === 'body') return { loc: ['body'], input }
  if (place === 'prompt') return { loc: ['body', 'prompt'], input: input['prompt'] }
  if (place !== 'image') return { loc: ['body', place.field], input: place.input }
  const field = Object.keys(input).find((name) => /image.*_urls?$/.test(name)) ?? 'image_url'
  return { loc: ['body', field], input: input[field] ?? 'https://example.com/image.jpg' }
}

function toModelError(type: string, error: ModelError, input: JsonObject): Outcome {
  const { loc, input: echoed } = placeOf(error, input)
  const url = `https://docs.fal.ai/errors/#${type}`
  const ctx = error.context && { ctx: error.context }
  return toProblem(error.status, [{ loc, msg: error.message, type, url, ...ctx, input: echoed }])
}

async function toDataUri({ media }: Simulation, item: MediaItem): Promise<string> {
  const bytes = Buffer.concat([...paddedChunks(await media.read(item))])
  return `data:${contentTypeOf(item.spec)};base64,${bytes.toString('base64')}`
}

const inlineAll = (simulation: Simulation, items: readonly MediaItem[]): Promise<string[]> =>
  Promise.all(items.map((item) => toDataUri(simulation, item)))

function unfinished(item: MediaItem, progress: number): MediaItem {
  return item.spec.kind === 'image' ? { ...item, spec: { ...item.spec, progress } } : item
}

function toOwnFiles({ media, files }: Simulation): OwnFiles {
  return {
    render: media.render,
    find(place) {
      const item = media.find(place)
      return item ? { item } : files.find(place)
    },
  }
}

async function succeed(simulation: Simulation, job: Job, context: RunContext): Promise<Outcome> {
  const { endpoint, input, faults } = job
  const sources = await readSources(input, toOwnFiles(simulation))
  if (sources.problems.length > 0) return toProblem(422, sources.problems)
  const output = makeOutput({
    endpoint,
    input,
    faults,
    sources,
    prompt: job.prompt,
    seconds: Math.max(0.001, job.runMs / 1000),
    onlyOne: context.onlyOne,
  })
  const inline = readField(endpoint, input, 'sync_mode') === true
  const host = faults.take('media-urls')?.replace(/\/$/, '') ?? context.base
  const life = toLife(job.preferences.lifecycle)
  const publish = (item: MediaItem) =>
    `${host}/cdn/files/${simulation.media.publish({ ...item, ...life })}`
  const { items } = output
  const measures = await Promise.all(
    items.map((item) => measure(simulation, item, output.sized.has(item))),
  )
  const urls = inline ? [] : items.map(publish)
  const tell = (told: readonly string[], progress?: number): JsonObject =>
    output.tell(
      measures.map((known, index) => ({ ...known, url: told[index] ?? '' })),
      progress,
    )
  if (inline || faults.take('prerender') !== undefined) await inlineAll(simulation, items)
  return {
    status: 200,
    headers: toBillingHeaders(job, { ...output, ...charge(sources, items, measures) }),
    readBody: async () => tell(inline ? await inlineAll(simulation, items) : urls),
    readPartial: async (progress) => {
      const drafts = items.map((item) => unfinished(item, progress))
      return tell(await inlineAll(simulation, drafts), progress)
    },
  }
}

/** When the files that are made now are gone, and who may see them. */
function toLife({ seconds, access }: Lifecycle): Pick<PublishedItem, 'expires' | 'access'> {
  return { access, ...(seconds !== undefined && { expires: Date.now() + seconds * 1000 }) }
}

/** Speech is as long as it takes to say; a tune knows its length, and is played when its size is asked. */
async function measure(
  { media }: Simulation,
  item: MediaItem,
  sized: boolean,
): Promise<Omit<ToldFile, 'url'>> {
  const { spec } = item
  if (spec.kind !== 'sound') return {}
  if (spec.content.kind === 'tones' && !sized) return { seconds: spec.content.seconds }
  const bytes = await media.render(spec)
  return { seconds: measureSound(spec, bytes), length: paddedLength(await media.read(item)) }
}

function charge(
  { sound }: Sources,
  items: readonly MediaItem[],
  measures: readonly Omit<ToldFile, 'url'>[],
) {
  const texts = items.map(({ spec }) => (spec.kind === 'sound' ? spec.text : ''))
  return {
    characters: texts.join('').length,
    heard: sound?.seconds ?? 0,
    sounded: measures.reduce((sum, { seconds = 0 }) => sum + seconds, 0),
  }
}

/** An endpoint that serves under another's name is charged in that one's units. */
function toBillingHeaders({ endpoint, faults }: Job, output: Charged) {
  if (faults.take('no-units') !== undefined) return {}
  const other = faults.take('bill-as')
  return {
    'x-fal-billable-units': toBillableUnits(other ?? endpoint.id, output),
    ...(other !== undefined && { 'x-fal-bill-as': other }),
  }
}

export interface RunContext {
  /** Where our own URLs begin. */
  readonly base: string
  /** A stream makes one image, whatever was asked. */
  readonly onlyOne: boolean
}

/** What the model makes of the job: its answer, its refusal, or the failure that was wished for. */
export async function runModel(
  simulation: Simulation,
  job: Job,
  context: RunContext,
): Promise<Outcome> {
  const { endpoint, input, faults } = job
  const broken = faults.take('infra')
  if (broken !== undefined) return toFailure(broken)
  const wished = faults.take('fail')
  const error = wished === undefined ? undefined : modelErrors[wished]
  if (wished !== undefined && error) return toModelError(wished, error, input)
  const details = simulation.validate(endpoint, input)
  if (details.length > 0) return toProblem(422, details)
  return succeed(simulation, job, context)
}
