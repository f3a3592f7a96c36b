import { parseArgs } from 'node:util'

import { endWithParent } from './end-with-parent.ts'
import { startSimulator } from './start-simulator.ts'
import { readDuration } from './units.ts'

const USAGE = `usage: node simulator/main.ts [--port 8788] [--queue 500ms] [--run 1.5s]

A pretend fal on 127.0.0.1: fal's queue, storage, platform API and CDN, with images, videos, speech, music and
transcripts that are really made, without a key and without money.

  --port N       the port to listen on; 0 takes any free one (8788)
  --queue TIME   how long a job waits in the queue: 0, 250ms, 3s, 1m (500ms)
  --run TIME     how long it runs (1.5s)
  --help         this text

A prompt may change both, and make things fail: "a cat [[queue:3s]] [[fail:content_policy_violation]]".
What it was asked is at /__journal. simulator/README.md has the rest.`

interface Options {
  readonly port: number
  readonly queueMs: number
  readonly runMs: number
}

/** `undefined` when an option is unknown or has a value that it does not take. */
function readOptions(): Options | 'help' | undefined {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8788' },
        queue: { type: 'string', default: '500ms' },
        run: { type: 'string', default: '1.5s' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return 'help'
    const port = /^\d+$/.test(values.port) ? Number(values.port) : Number.NaN
    const queueMs = readDuration(values.queue)
    const runMs = readDuration(values.run)
    if (!(port <= 65_535) || queueMs === undefined || runMs === undefined) return undefined
    return { port, queueMs, runMs }
  } catch {
    // parseArgs throws at what it does not know.
    return undefined
  }
}

const options = readOptions()
if (options === 'help') {
  console.log(USAGE)
  process.exit(0)
}
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
  // Nothing is worth saving: the journal and the media live in memory.
  process.once(signal, () => process.exit(0))
}
endWithParent(() => process.exit(0))
