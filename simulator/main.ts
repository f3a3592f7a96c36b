import { parseArgs } from 'node:util'

import { endWithParent } from './end-with-parent.ts'
import { startSimulator } from './start-simulator.ts'
import { readDuration } from './units.ts'

const USAGE = 'usage: node simulator/main.ts [--port 8788] [--queue 500ms] [--run 1.5s]'

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8788' },
      queue: { type: 'string', default: '500ms' },
      run: { type: 'string', default: '1.5s' },
    },
  })
  const port = Number(values.port)
  const queueMs = readDuration(values.queue)
  const runMs = readDuration(values.run)
  if (!Number.isInteger(port) || queueMs === undefined || runMs === undefined) return undefined
  return { port, queueMs, runMs }
}

const options = readOptions()
if (options === undefined) {
  console.error(USAGE)
  process.exit(2)
}

try {
  const { url } = await startSimulator(options)
  console.log(
    `Pretend fal on ${url}. Point the gateway at it: FAL_API_KEY=any:key FAL_QUEUE_URL=${url}/queue FAL_RUN_URL=${url}/run FAL_REST_URL=${url}/rest FAL_API_URL=${url}/api/v1`,
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Nothing is worth saving: the journal and the pictures live in memory.
  process.once(signal, () => process.exit(0))
}
endWithParent(() => process.exit(0))
