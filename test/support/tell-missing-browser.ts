import { browserTestsLeftOut } from './browser.ts'

/** Says once a run, before its first test, that tests are left out for want of a browser. */
export function setup(): void {
  const why = browserTestsLeftOut()
  if (why !== undefined) process.stdout.write(`${why}\n`)
}
