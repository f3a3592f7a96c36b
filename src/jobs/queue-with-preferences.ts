import type { FalQueue } from '../fal/queue/fal-queue.ts'
import type { Preferences } from '../job/preferences.ts'

/** fal's queue for one job: all that is submitted, later steps included, is treated as the job is. */
export function createQueueWithPreferences(queue: FalQueue, preferences: Preferences): FalQueue {
  return {
    ...queue,
    submitAll: (order, hangUp) => queue.submitAll({ ...order, preferences }, hangUp),
    stream: (order, signal) => queue.stream({ ...order, preferences }, signal),
  }
}
