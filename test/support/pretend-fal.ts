import type { TestProject } from 'vitest/node'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The pretend fal's URL, for tests inside workerd: they reach it over a socket, as a Worker reaches fal. */
    falUrl: string
  }
}

let fal: Simulator

/** Starts the pretend fal before the tests of a project. */
export async function setup({ provide }: TestProject): Promise<void> {
  fal = await startSimulator({ retired: [] })
  provide('falUrl', fal.url)
}

export async function teardown(): Promise<void> {
  await fal.close()
}
