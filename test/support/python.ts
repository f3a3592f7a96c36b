import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

import { startLineProcess } from './line-process.ts'

const NAMED = process.env['PYTHON_WITH_OPENAI']

/** The Python whose packages hold the official client: the one that is named, or else the usual one. */
const PYTHON = NAMED ?? 'python3'

const MISSING =
  NAMED === undefined &&
  spawnSync(PYTHON, ['-c', 'import openai'], { stdio: 'ignore' }).status !== 0

/** Why tests with the official client for Python are left out here; undefined where they run. */
export function pythonTestsLeftOut(): string | undefined {
  if (!MISSING) return undefined
  return 'No Python with the package openai: its tests are left out (set PYTHON_WITH_OPENAI; .ci/install-python-client makes one).'
}

/** Whether its client knows videos, as those since October 2025 do: by its files, because loading it takes a second. */
export function pythonKnowsVideos(): boolean {
  if (pythonTestsLeftOut() !== undefined) return false
  const code = 'import importlib.util; print(importlib.util.find_spec("openai").origin)'
  const { stdout } = spawnSync(PYTHON, ['-c', code], { encoding: 'utf8' })
  const resources = path.join(path.dirname(stdout.trim()), 'resources')
  return ['videos', 'videos.py'].some((name) => existsSync(path.join(resources, name)))
}

/** A Python that has loaded its client, which takes longer than most tests. */
export interface Python {
  /**
   * Runs a piece of code, in which `openai` is the module.
   *
   * @returns what the code assigns to `answer`, as JSON
   * @throws Error what was not caught, with its trace
   */
  run(code: string): Promise<unknown>
  /**
   * Runs a script as if it had been started by itself, but for what is loaded already.
   *
   * @returns what it printed
   */
  runScript(file: string, folder: string, env: NodeJS.ProcessEnv): Promise<string>
  close(): Promise<void>
}

/** One piece a line, and one line of answer for each. */
const LOOP = `
import json, sys, traceback
import openai
for line in sys.stdin:
    names = {"openai": openai}
    try:
        exec(json.loads(line), names)
        print(json.dumps({"answer": names["answer"]}), flush=True)
    except BaseException:
        print(json.dumps({"trace": traceback.format_exc()}), flush=True)
`

/** Starts the Python of this machine that has the official client. */
export function startPython(): Python {
  const python = startLineProcess(PYTHON, ['-c', LOOP])
  const run: Python['run'] = (code) => python.ask(code, 'answer')
  return {
    run,
    runScript: async (file, folder, env) =>
      String(
        await run(`
import contextlib, io, os, runpy
os.chdir(${JSON.stringify(folder)})
os.environ.clear()
os.environ.update(${JSON.stringify(env)})
printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    runpy.run_path(${JSON.stringify(file)}, run_name="__main__")
answer = printed.getvalue()
`),
      ),
    close: () => python.close(),
  }
}
