import { spawnSync } from 'node:child_process'
import path from 'node:path'

import { describe, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')

interface Said {
  readonly status: number | null
  readonly stderr: string
}

/** Runs something under the name of another Node, with nothing of this machine's settings in its environment. */
function runAs(version: string, command: string, ...args: readonly string[]): Said {
  const { HOME, PATH, TMPDIR } = process.env
  const pretend = `Object.defineProperties(process,{version:{value:'v${version}'},versions:{value:{...process.versions,node:'${version}'}}})`
  const { status, stderr } = spawnSync(command, [...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { HOME, PATH, TMPDIR, NODE_OPTIONS: `--import=data:text/javascript,${pretend}` },
  })
  return { status, stderr }
}

describe('npm ci under Node 20', () => {
  const install = ['ci', '--dry-run', '--ignore-scripts']

  test('frightens nobody with warnings', () => {
    expect(runAs('20.20.2', 'npm', ...install)).toEqual({ status: 0, stderr: '' })
  })

  test('would warn, were it not told otherwise, so that the test above shows something', () => {
    const { stderr } = runAs('20.20.2', 'npm', ...install, '--loglevel=warn')
    expect(stderr).toContain('EBADENGINE')
  })

  test('still says what is a fault', () => {
    const { status, stderr } = runAs('20.20.2', 'npm', 'run', 'no-such-script')
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('npm error') })
  })
})

test.for([
  ['18.20.8', 1],
  ['20.20.2', 1],
  ['22.17.1', 1],
  ['22.18.0', 0],
  ['24.1.0', 0],
  ['26.0.0', 0],
] as const)('the check after npm ci ends with Node %s as %i', ([version, status]) => {
  const said = runAs(version, process.execPath, 'scripts/lib/check-node.js')
  expect(said.status).toBe(status)
  expect(said.stderr).toEqual(
    status === 0
      ? ''
      : expect.stringMatching(`^Node 22.18 or newer is needed, and this is ${version}\\.`),
  )
})
