import type { SecondStep } from '../job/medium.ts'
import { fingerprint } from '../lib/bytes/sha256.ts'
import { drain } from '../lib/drain.ts'
import { costOf, isLost, type Charged } from './cost.ts'
import type { JobTools } from './job-tools.ts'
import {
  cancelQueued,
  followToOutput,
  toProgress,
  type RequestProgress,
} from './request-progress.ts'

/** @param charged its requests are added here, because they are charged whether or not they succeed */
export function createSecondStep(
  tools: JobTools,
  signal: AbortSignal,
  charged: Charged[],
): SecondStep {
  return {
    costUsd: () => costOf(charged, tools),
    async run(endpoint, input, name) {
      void tools.prices.ask(endpoint)
      const requests: RequestProgress[] = []
      try {
        const order = { endpoint, inputs: [input], step: await fingerprint(name) }
        const [end] = await tools.queue.submitAll(order, signal)
        if (end?.status !== 'fulfilled') return undefined
        const request = toProgress(end.value, tools.now())
        requests.push(request)
        charged.push(request)
        return await drain(followToOutput(request, tools, signal))
      } catch (error) {
        if (isLost(error)) charged.push({ charge: undefined })
        tools.log('warn', 'second step failed', { endpoint })
        await cancelQueued(requests, tools)
        return undefined
      }
    },
  }
}
