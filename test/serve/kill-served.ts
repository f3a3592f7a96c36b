import type { StartGateway } from '../ledger/chaos.ts'
import { descendantsOf, stillRunning } from '../support/processes.ts'
import { startServe } from '../support/start-serve.ts'
import { until } from '../support/start-stack.ts'

/** `npm run serve`, whose first process is killed; what it has started must go with it. */
export const startToBeKilled: StartGateway = async (fal, env, folder) => {
  const served = await startServe(fal, { folder, env })
  return {
    url: served.url,
    async close() {
      const programs = descendantsOf(served.pid)
      served.kill('SIGKILL')
      await served.ended
      await until(() => stillRunning(programs).length === 0)
    },
  }
}
