import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// wrangler would ask Cloudflare for sample request data, and report its use.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'
process.env['WRANGLER_SEND_METRICS'] ??= 'false'

// wrangler.jsonc names the page's folder, which is not there before the first build.
mkdirSync(path.join(import.meta.dirname, 'dist/page'), { recursive: true })

const LONG = 'test/**/*.long.test.ts'
const TELLS = 'test/support/tell-what-is-left-out.ts'
const MEASURED = 'test/limits/cpu-and-memory.test.ts'

/** Most tests wait for a picture, and waiting costs no CPU: more of them side by side than there are cores. */
const SIDE_BY_SIDE = 6

/** What all tests over real sockets have in common: the whole Worker, real clients, the pretend fal. */
const sockets = {
  pool: 'forks',
  // One process runs many files, so that clients, the pretend fal and what it knows of endpoints are loaded once.
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const

/** What takes minutes: `npm run test:long`. Each has a shorter one of its kind among the others. */
const long = {
  test: { ...sockets, name: 'long', include: [LONG], globalSetup: TELLS },
}

export default defineConfig(({ mode }) => ({
  test: {
    maxWorkers: SIDE_BY_SIDE,
    projects:
      mode === 'long'
        ? [long]
        : [
            {
              // Inside the real Workers runtime: the rooms of src/, and the whole Worker with what its bindings give it.
              plugins: [
                cloudflareTest({
                  wrangler: { configPath: './wrangler.jsonc' },
                  miniflare: {
                    r2Buckets: ['IMAGES_BUCKET'],
                    ratelimits: {
                      RATE_LIMITER: { namespace_id: '1', simple: { limit: 2, period: 60 } },
                    },
                  },
                }),
              ],
              test: {
                name: 'workerd',
                include: ['src/**/*.test.ts', 'test/workerd/*.test.ts'],
                isolate: false,
                globalSetup: 'test/support/pretend-fal.ts',
              },
            },
            {
              test: {
                ...sockets,
                name: 'sockets',
                include: ['test/**/*.test.ts'],
                exclude: ['test/workerd/**', LONG, MEASURED],
                globalSetup: TELLS,
              },
            },
            {
              // What measures CPU and memory: alone, after the others.
              test: {
                ...sockets,
                name: 'measured',
                include: [MEASURED],
                maxWorkers: 1,
                sequence: { groupOrder: 1 },
              },
            },
          ],
  },
}))
