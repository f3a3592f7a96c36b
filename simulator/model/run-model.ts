import { toBillableUnits } from '../endpoints/prices.ts'
import { readField, type ErrorDetail } from '../endpoints/validate-input.ts'
import type { JsonObject } from '../json.ts'
import type { PictureSpec } from '../media/draw-picture.ts'
import { paddedChunks, padPicture } from '../media/padding.ts'
import type { Picture } from '../media/pictures.ts'
import type { Job } from '../queue/job.ts'
import { toFailure, type Outcome } from '../queue/outcome.ts'
import type { Simulation } from '../simulation.ts'
import { makeOutput } from './make-output.ts'
import { modelErrors, type ModelError } from './model-errors.ts'
import { readSources } from './source-picture.ts'

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

const toDataUri = (spec: PictureSpec, bytes: Buffer): string =>
  `data:image/${spec.format};base64,${bytes.toString('base64')}`

function inlinePictures(simulation: Simulation, pictures: readonly Picture[]): Promise<string[]> {
  const inline = async ({ spec, bytes }: Picture) => {
    const drawn = await simulation.pictures.draw(spec)
    if (bytes === undefined) return toDataUri(spec, drawn)
    return toDataUri(spec, Buffer.concat([...paddedChunks(padPicture(drawn, spec.format, bytes))]))
  }
  return Promise.all(pictures.map(inline))
}

async function succeed(simulation: Simulation, job: Job, context: RunContext): Promise<Outcome> {
  const { endpoint, input, faults } = job
  const readOwnFile = async (place: string): Promise<Buffer | undefined> => {
    const picture = simulation.pictures.find(place)
    return picture ? simulation.pictures.draw(picture.spec) : simulation.files.find(place)?.bytes
  }
  const sources = await readSources(input, readOwnFile)
  if (sources.problems.length > 0) return toProblem(422, sources.problems)
  const output = makeOutput({
    endpoint,
    input,
    faults,
    prompt: job.prompt,
    source: sources.first,
    seconds: Math.max(0.001, job.runMs / 1000),
    onlyOne: context.onlyOne,
  })
  const inline = readField(endpoint, input, 'sync_mode') === true
  const host = faults.take('picture-urls')?.replace(/\/$/, '') ?? context.base
  const publish = (picture: Picture) => `${host}/cdn/files/${simulation.pictures.publish(picture)}`
  const urls = inline ? [] : output.pictures.map(publish)
  const { pictures } = output
  if (inline || faults.take('prerender') !== undefined) await inlinePictures(simulation, pictures)
  return {
    status: 200,
    headers: toBillingHeaders(job, pictures),
    readBody: async () =>
      output.withUrls(inline ? await inlinePictures(simulation, pictures) : urls),
    readPartial: async (progress) => {
      const unfinished = pictures.map(({ spec, ...rest }) => ({
        ...rest,
        spec: { ...spec, progress },
      }))
      return output.withUrls(await inlinePictures(simulation, unfinished))
    },
  }
}

/** An endpoint that serves under another's name is charged in that one's units. */
function toBillingHeaders({ endpoint, faults }: Job, pictures: readonly Picture[]) {
  if (faults.take('no-units') !== undefined) return {}
  const other = faults.take('bill-as')
  return {
    'x-fal-billable-units': toBillableUnits(other ?? endpoint.id, pictures),
    ...(other !== undefined && { 'x-fal-bill-as': other }),
  }
}

export interface RunContext {
  /** Where our own URLs begin. */
  readonly base: string
  /** A stream makes one picture, whatever was asked. */
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
