import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// wrangler would ask Cloudflare for sample request data, and report its use.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'
process.env['WRANGLER_SEND_METRICS'] ??= 'false'

// wrangler.jsonc names the page's folder, which is not there before the first build.
mkdirSync(path.join(import.meta.dirname, 'dist/page'), { recursive: true })

const IN_WORKERD = 'test/workerd/**/*.test.ts'
const IN_A_BROWSER = [
  'test/page/**/*.test.ts',
  'test/clients/browser.test.ts',
  'test/simulator/played-in-chromium.test.ts',
]
const MEASURED = ['test/limits/cpu-and-memory.test.ts', 'test/limits/hand-through.test.ts']
const LONG = 'test/**/*.long.test.ts'

/** Most of the tests' time is waiting, which costs no CPU: more files side by side than a machine has cores. */
const SIDE_BY_SIDE = 6

/** Each process has a Chromium and a gateway of its own, which all its files share. */
const BROWSERS = 2

/** Far beyond what a busy machine needs: a limit is there for what never comes, and nothing waits it out. */
const LIMITS = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
} as const

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
    exclude: [IN_WORKERD, ...IN_A_BROWSER, ...MEASURED, LONG],
    globalSetup: 'test/support/tell-what-is-left-out.ts',
  },
}

const browser = {
  test: {
    ...overSockets,
    name: 'browser',
    include: IN_A_BROWSER,
    maxWorkers: BROWSERS,
    testTimeout: 120_000,
    sequence: { groupOrder: 1 },
  },
}

/** What measures CPU and memory: alone, after the others. */
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
    projects: mode === 'long' ? [long] : [workerd, sockets, browser, measured],
  },
}))
