import path from 'node:path'

import { defineConfig } from 'vite'

/** The page at `/`: static files beside the Worker, with nothing from any other host. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    outDir: path.join(import.meta.dirname, '../dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    // What is inlined would need a hole in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // `npx vite playground` beside `npm start`.
  server: { proxy: { '/v1': 'http://localhost:8787', '/healthz': 'http://localhost:8787' } },
})
