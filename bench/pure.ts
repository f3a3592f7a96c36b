import { do_not_optimize as keep, measure } from 'mitata'

import { PLAIN_JOB } from '../src/job/image/image-job.fixture.ts'
import { parseImageSize } from '../src/job/image/image-size.ts'
import { createCatalogue } from '../src/models/catalogue/catalogue.ts'
import { createEndpointModels } from '../src/models/catalogue/endpoint-models.ts'
import { ENDPOINTS, OUTPUT } from '../src/models/generated/images.ts'
import { toFalInput } from '../src/models/images/fal-input.ts'
import { FAMILIES } from '../src/models/images/families/index.ts'
import { endpointsOf } from '../src/models/model-spec.ts'
import { openEndpointTable } from '../src/models/schema/endpoint-table.ts'
import { readPromptDirectives } from '../src/openai/prompt/prompt-directives.ts'
import type { Figure, Spread } from './report.ts'

/** In the table, and in no family. */
const TABLE_ONLY = 'fal-ai/fast-sdxl'
/** A table of so many endpoints beside the whole one. */
const FEW = 10
/** Noise between two runs of the same function stays below this. */
const SAME = 1.5

/** Functions that touch nothing outside, in this process, by mitata. */
export async function measurePure(quick: boolean): Promise<readonly Figure[]> {
  const time = async (work: () => unknown): Promise<Spread> => {
    const { p50, p25, p75, samples } = await measure(() => keep(work()), {
      min_cpu_time: quick ? 100e6 : 600e6,
    })
    return { median: us(p50), low: us(p25), high: us(p75), runs: samples.length }
  }
  return [
    ...(await measureLookups(time)),
    await measureSizes(time),
    ...(await measureDirectives(time)),
  ]
}

const us = (nanoseconds: number): number => nanoseconds / 1000

type Time = (work: () => unknown) => Promise<Spread>

async function measureLookups(time: Time): Promise<readonly Figure[]> {
  const catalogue = createCatalogue('imagen4-preview')
  const rows = ENDPOINTS.split('\n')
  const few = [
    ...rows.filter((row) => row.startsWith(`${TABLE_ONLY} `)),
    ...rows.filter((row) => row.startsWith('fal-ai/flux')).slice(1, FEW),
  ]
  const small = createEndpointModels(FAMILIES.slice(0, 3), () =>
    openEndpointTable({ OUTPUT, ENDPOINTS: few.join('\n') }),
  )
  const whole = createEndpointModels(FAMILIES)
  const [inFew, inAll] = [
    await time(() => small.modelOf(TABLE_ONLY)),
    await time(() => whole.modelOf(TABLE_ONLY)),
  ]
  const ratio = inAll.median / inFew.median
  return [
    figure('lookup of a curated name', await time(() => catalogue.resolve('flux-dev'))),
    figure(
      'lookup of an endpoint that only the table has',
      await time(() => catalogue.resolve(TABLE_ONLY)),
    ),
    figure(`model of an endpoint in a table of ${FEW}`, inFew),
    {
      ...figure(`model of an endpoint in the table of ${rows.length}`, inAll),
      aim: { text: `no more than in one of ${FEW} (×${ratio.toFixed(2)})`, met: ratio < SAME },
    },
    figure(
      'opening the whole table, once an isolate',
      await time(() => openEndpointTable().schemaOf(TABLE_ONLY)),
    ),
    figure(
      'the whole catalogue, once an isolate',
      await time(() => createCatalogue('imagen4-preview')),
    ),
  ]
}

async function measureSizes(time: Time): Promise<Figure> {
  const specs = FAMILIES.flatMap((model) => endpointsOf(model).slice(0, 1)).filter(
    ({ sources, required }) => sources === undefined && required === undefined,
  )
  const job = { ...PLAIN_JOB, size: parseImageSize('1792x1024') }
  const all = await time(() => specs.map((spec) => toFalInput(job, spec)))
  const each = (value: number): number => value / specs.length
  return figure('a job with a size in an endpoint’s words', {
    median: each(all.median),
    low: each(all.low),
    high: each(all.high),
    runs: all.runs,
  })
}

const KILOBYTE = 1024

async function measureDirectives(time: Time): Promise<readonly Figure[]> {
  const short = 'a cat in the snow, 比例 16:9 --n 2'
  const long = 'A cat walks over 12:30 roofs, 月球上的猫 and looks. '
    .repeat(400)
    .slice(0, 10 * KILOBYTE)
  return [
    figure('directives of a short prompt', await time(() => readPromptDirectives(short))),
    figure(
      'directives of 10 KB of text',
      await time(() => readPromptDirectives(`${long} --ar 16:9`)),
    ),
  ]
}

function figure(item: string, spread: Spread): Figure {
  return { item, unit: 'µs', values: { 'this gateway': spread } }
}
