import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// wrangler would ask Cloudflare for sample request data, and report its use.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'
process.env['WRANGLER_SEND_METRICS'] ??= 'false'

// wrangler.jsonc names the page's folder, which is not there before the first build.
mkdirSync(path.join(import.meta.dirname, 'dist/page'), { recursive: true })

export default defineConfig({
  test: {
    projects: [
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
          globalSetup: './test/support/pretend-fal.ts',
        },
      },
      {
        // The whole Worker over real sockets, through real clients, against the pretend fal.
        test: {
          name: 'sockets',
          include: ['test/**/*.test.ts'],
          exclude: ['test/workerd/**'],
          pool: 'forks',
          globalSetup: ['test/support/tell-what-is-left-out.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
