import { browserTestsLeftOut } from './browser.ts'
import { pythonTestsLeftOut } from './python.ts'

/** Says once a run, before its first test, which tests are left out for want of a program. */
export function setup(): void {
  for (const why of [browserTestsLeftOut(), pythonTestsLeftOut()]) {
    if (why !== undefined) process.stdout.write(`${why}\n`)
  }
}
