import { execFile } from 'node:child_process'
import {
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

import { toPackedPackage } from '../../scripts/lib/packed-package.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** The user that nobody is, on every Linux. */
const NOBODY = 65_534

/** The package, as npm would have installed it in a folder that was empty. */
export interface Installed {
  /** The package's command. */
  readonly program: string
  /** A Node that whoever runs it can reach. */
  readonly node: string
  /** Who runs it; undefined: we are not root, so we do. */
  readonly uid: number | undefined
  /** Below the package. */
  readonly files: readonly string[]
}

/**
 * Packs what was built, and installs the package in a folder. Nothing is fetched: what npm would fetch, the
 * one dependency, is copied from this project.
 */
export async function installPackage(folder: string): Promise<Installed> {
  const packing = path.join(folder, '.packing')
  mkdirSync(packing)
  const whole = readFileSync(path.join(ROOT, 'package.json'), 'utf8')
  writeFileSync(path.join(packing, 'package.json'), toPackedPackage(whole))
  for (const name of ['dist', 'serve', 'LICENSE', 'README.md']) {
    cpSync(path.join(ROOT, name), path.join(packing, name), { recursive: true })
  }
  const { stdout } = await run('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: packing })

  const modules = path.join(folder, 'node_modules')
  const home = path.join(modules, 'fal-openai-worker')
  for (const made of [home, path.join(modules, '.bin')]) mkdirSync(made, { recursive: true })
  const tarball = path.join(packing, stdout.trim())
  await run('tar', ['-xzf', tarball, '-C', home, '--strip-components=1'])
  const { stdout: listed } = await run('tar', ['-tzf', tarball])
  const workerd = ['workerd', `@cloudflare/workerd-${process.platform}-${nameOfArch()}`]
  for (const name of workerd) {
    cpSync(path.join(ROOT, 'node_modules', name), path.join(modules, name), { recursive: true })
  }
  const program = path.join(modules, '.bin/fal-openai-worker')
  symlinkSync('../fal-openai-worker/dist/serve/main.js', program)
  const node = path.join(folder, 'node')
  copyFileSync(process.execPath, node)
  const uid = process.getuid?.() === 0 ? NOBODY : undefined
  if (uid !== undefined) chownSync(folder, uid, uid)
  const files = listed.split('\n').flatMap((line) => line.replace(/^package\//, '') || [])
  return { program, node, uid, files }
}

function nameOfArch(): string {
  return process.arch === 'x64' ? '64' : process.arch
}
