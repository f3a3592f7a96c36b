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
const IN_A_BROWSER = /\/test\/(?:page\/|clients\/browser\.|simulator\/played-in-chromium\.)/
const MEASURED = ['test/limits/cpu.test.ts', 'test/limits/hand-through.test.ts']
const LONG = 'test/**/*.long.test.ts'

/** Most of the tests' time is waiting, which costs no CPU: more files side by side than a machine has cores. */
const SIDE_BY_SIDE = 6

/** Far beyond what a busy machine needs: a limit is there for what never comes, and nothing waits it out. */
const LIMITS = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
} as const

/** After each with a browser, which keeps a core busy, so many that mostly wait. */
const BETWEEN = 8

/** Browsers work while the others wait; in one project with them, whose processes are kept for the next file. */
class BrowsersBetween extends BaseSequencer {
  override sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const sizes = new Map(specs.map(({ moduleId }) => [moduleId, statSync(moduleId).size]))
    const sizeOf = ({ moduleId }: TestSpecification): number => sizes.get(moduleId) ?? 0
    const sorted = specs.toSorted(
      (one, other) =>
        one.project.name.localeCompare(other.project.name) || sizeOf(other) - sizeOf(one),
    )
    const { browsers = [], others = [] } = Object.groupBy(sorted, ({ moduleId }) =>
      IN_A_BROWSER.test(moduleId) ? 'browsers' : 'others',
    )
    const mixed = others.flatMap((spec, index) =>
      index % BETWEEN === 0 ? [...browsers.splice(0, 1), spec] : spec,
    )
    return Promise.resolve([...mixed, ...browsers])
  }
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
  },
}

/** What measures CPU: alone, after the others. */
const measured = {
  test: {
    ...overSockets,
    name: 'measured',
    include: MEASURED,
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  },
}

/** What takes minutes: `npm run test:long`. Each has a shorter one of its kind among the others. */
const long = { test: { ...overSockets, name: 'long', include: [LONG] } }

export default defineConfig(({ mode }) => ({
  test: {
    maxWorkers: SIDE_BY_SIDE,
    sequence: { sequencer: BrowsersBetween },
    projects: mode === 'long' ? [long] : [workerd, sockets, measured],
  },
}))
