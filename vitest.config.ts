import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// wrangler would ask Cloudflare for sample request data, and report its use.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'
process.env['WRANGLER_SEND_METRICS'] ??= 'false'
// Hundreds of programs are started: what one has compiled the next need not compile again.
process.env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, 'node_modules/.cache/compiled')

// wrangler.jsonc names the page's folder, which is not there before the first build.
mkdirSync(path.join(import.meta.dirname, 'dist/page'), { recursive: true })

const IN_WORKERD = 'test/workerd/**/*.test.ts'
const MEASURED = ['test/limits/cpu.test.ts', 'test/limits/hand-through.test.ts']
const LONG = 'test/**/*.long.test.ts'

/**
 * Most of the tests' time is waiting, which costs no CPU: more files side by side than a machine has cores. Each costs
 * a process that loads every client anew, so two more than this cost what they win.
 */
const SIDE_BY_SIDE = 10
/** What runs inside workerd does not wait, and each process loads it all anew. */
const IN_WORKERD_SIDE_BY_SIDE = 2

/** Far beyond what a busy machine needs: a limit is there for what never comes, and nothing waits it out. */
const LIMITS = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
} as const

/** Those that take the most seconds, from the longest on: what begins last must be short, or a core waits for it. */
const LONGEST = [
  'ledger/equal-orders',
  'docs/commands',
  'ledger/repeats',
  'page/create',
  'ledger/chaos',
  'scripts/start',
  'page/videos',
  'ledger/split-orders',
  'page/look',
  'page/snippets',
  'jobs/hang-up-cancels',
  'audio/slow-jobs',
  'clients/ai-sdk-repeats',
  'page/chat-kept',
  'ledger/accounts',
  'jobs/follow-silence',
  'page/trouble',
  'serve/power-cut',
  'clients/errors',
  'page/price',
  'jobs/slow-jobs',
  'clients/audio-errors',
  'page/fields',
  'simulator/played-in-chromium',
  'jobs/stream-repeats',
  'responses/responses',
  'images/partial-images',
  'page/readme-pictures',
  'jobs/unreadable',
  'clients/python',
  'page/reload',
  'limits/memory',
  'page/edit',
  'images/stream',
  'serve/stop',
  'serve/package',
  'limits/expressions/expressions',
  'page/sounds',
  'clients/langchain',
  'ledger/same-ids',
  'docs/usage',
].map((name) => path.join(import.meta.dirname, `test/${name}.test.ts`))

/** One project after the other: their processes are kept for the next file. */
class LongestFirst extends BaseSequencer {
  override sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const projects = Map.groupBy(specs, (spec) => spec.project.name)
    const sorted = [...projects].toSorted(([one], [other]) => one.localeCompare(other))
    return Promise.resolve(sorted.flatMap(([, ofProject]) => weave(ofProject)))
  }
}

function placeOf(spec: TestSpecification): number {
  return LONGEST.indexOf(spec.moduleId)
}

/**
 * The longest first, of the others the largest, and one of the others behind every two of the longest: those mostly
 * wait, and nothing but them would leave the cores idle.
 */
function weave(specs: readonly TestSpecification[]): TestSpecification[] {
  const longest = specs
    .filter((spec) => placeOf(spec) >= 0)
    .toSorted((one, other) => placeOf(one) - placeOf(other))
  const others = specs
    .filter((spec) => placeOf(spec) < 0)
    .map((spec) => ({ spec, size: statSync(spec.moduleId).size }))
    .toSorted((one, other) => other.size - one.size)
    .map(({ spec }) => spec)
  const woven = longest.flatMap((spec, at) =>
    at % 2 === 1 ? [spec, ...others.splice(0, 1)] : [spec],
  )
  return [...woven, ...others]
}

/** Inside the real Workers runtime: the rooms of src/, and the whole Worker with what its bindings give it. */
const workerd = {
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.jsonc' },
      miniflare: {
        r2Buckets: ['IMAGES_BUCKET'],
        ratelimits: { RATE_LIMITER: { namespace_id: '1', simple: { limit: 2, period: 60 } } },
      },
    }),
  ],
  test: {
    ...LIMITS,
    name: 'workerd',
    include: ['src/**/*.test.ts', IN_WORKERD],
    isolate: false,
    maxWorkers: IN_WORKERD_SIDE_BY_SIDE,
    globalSetup: 'test/support/pretend-fal.ts',
  },
}

/** The whole Worker over real sockets, through real clients, against the pretend fal. */
const overSockets = {
  pool: 'forks',
  // One process runs many files, so that clients, the pretend fal and what it knows of endpoints are loaded once.
  isolate: false,
  ...LIMITS,
} as const

const sockets = {
  test: {
    ...overSockets,
    name: 'sockets',
    include: ['test/**/*.test.ts'],
    exclude: [IN_WORKERD, ...MEASURED, LONG],
    globalSetup: 'test/support/tell-what-is-left-out.ts',
    sequence: { groupOrder: 1 },
  },
}

/** What measures CPU: alone, after the others. */
const measured = {
  test: {
    ...overSockets,
    name: 'measured',
    include: MEASURED,
    maxWorkers: 1,
    sequence: { groupOrder: 2 },
  },
}

/** What takes minutes: `npm run test:long`. Each has a shorter one of its kind among the others. */
const long = { test: { ...overSockets, name: 'long', include: [LONG] } }

export default defineConfig(({ mode }) => ({
  test: {
    maxWorkers: SIDE_BY_SIDE,
    sequence: { sequencer: LongestFirst },
    projects: mode === 'long' ? [long] : [workerd, sockets, measured],
  },
}))
