import { createHash } from 'node:crypto'
import { copyFileSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { build, type Plugin } from 'esbuild'
import * as z from 'zod'

import type { PageFile } from '../../serve/worker/page-file.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const DIST = path.join(ROOT, 'dist')

/** The oldest Node that runs the package's command, which has no dependency but workerd. */
const OLDEST_NODE = 'node20.12'

const compatibility = z.object({
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
})

/** Builds what `npm run serve` and the package run into `dist/serve`; the Worker and the page are built before. */
export async function buildServe(): Promise<void> {
  const common = { bundle: true, format: 'esm', outdir: path.join(DIST, 'serve') } as const
  // Only here: it takes a second to load.
  const { unstable_readConfig } = await import('wrangler')
  const { compatibility_date: date, compatibility_flags: flags } = compatibility.parse(
    unstable_readConfig({ config: path.join(ROOT, 'wrangler.jsonc') }, { hideWarnings: true }),
  )
  await build({
    ...common,
    entryPoints: [path.join(ROOT, 'serve/main.ts')],
    platform: 'node',
    target: OLDEST_NODE,
    minifySyntax: true,
    banner: { js: '#!/usr/bin/env node' },
    define: {
      PACKAGE_VERSION: JSON.stringify(readVersion()),
      COMPATIBILITY: JSON.stringify({ date, flags }),
    },
  })
  await build({
    ...common,
    entryPoints: [path.join(ROOT, 'serve/worker/entry.ts')],
    target: 'es2024',
    define: { PAGE_FILES: JSON.stringify(readPageFiles()) },
    plugins: [deployedWorker],
  })
  copyFileSync(path.join(ROOT, 'serve/supervise.sh'), path.join(DIST, 'serve/supervise.sh'))
}

/** The Worker is the file that is deployed, not built a second time. */
const deployedWorker: Plugin = {
  name: 'deployed-worker',
  setup(plugin) {
    plugin.onResolve({ filter: /\/src\/worker\.ts$/ }, () => ({
      path: '../index.js',
      external: true,
    }))
  },
}

function readVersion(): string {
  const text = readFileSync(path.join(ROOT, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** Each file of the page by the path that it answers at, as Cloudflare's static assets would. */
function readPageFiles(): Readonly<Record<string, PageFile>> {
  const folder = path.join(DIST, 'page')
  const rules = readRules(readFileSync(path.join(folder, '_headers'), 'utf8'))
  const files = globSync('**/*.*', { cwd: folder }).map((file) => file.split(path.sep).join('/'))
  return Object.fromEntries(
    files.map((file) => {
      const at = `/${file}`.replace(/\/index\.html$/, '/')
      const content = readFileSync(path.join(folder, file))
      const etag = `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`
      const headers: Record<string, string> = {
        'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      }
      for (const rule of rules.filter((one) => fits(one.path, at))) {
        Object.assign(headers, rule.headers)
      }
      return [at, { file, etag, headers }]
    }),
  )
}

interface Rule {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** The page's `_headers`: a path, which may end with `*`, and below it one header a line. */
function readRules(text: string): readonly Rule[] {
  return text
    .split(/\n(?=\S)/)
    .map((part) => part.trim().split('\n'))
    .map(([at = '', ...lines]) => ({
      path: at,
      headers: Object.fromEntries(
        lines.flatMap((line) => {
          const [, name, value] = /^\s*([\w-]+):\s*(.+)$/.exec(line) ?? []
          return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]]
        }),
      ),
    }))
}

function fits(rule: string, at: string): boolean {
  return rule.endsWith('*') ? at.startsWith(rule.slice(0, -1)) : at === rule
}
