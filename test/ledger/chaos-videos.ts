import { setTimeout } from 'node:timers/promises'

import type OpenAI from 'openai'
import { expect } from 'vitest'

import { DIRECTOR, DIRECTOR_USD, VIDEO_USD, type ChaosOrder } from './chaos-orders.ts'

/** Between two looks at a video: its work takes 0.6 s at most. */
const BETWEEN_LOOKS_MS = 100

/** What a client of videos does: orders one, and looks at it until it is over, or patience is. */
export async function askForVideo(
  { prompt, patience, got }: ChaosOrder,
  client: OpenAI,
): Promise<void> {
  const order = { model: 'veo3.1-lite', prompt, seconds: '4' } as const
  let video = await client.videos.create(order)
  const until = Date.now() + (patience ?? 10_000)
  while (video.status === 'queued' || video.status === 'in_progress') {
    if (Date.now() > until) return
    await setTimeout(BETWEEN_LOOKS_MS)
    video = await client.videos.retrieve(video.id)
  }
  if (video.status === 'completed') got.push([video.id])
}

/** What many want at once is never more than the budget: by what fal charges, not by what the ledger says. */
export function expectVideosWithinBudget(
  planned: readonly ChaosOrder[],
  paid: ReadonlyMap<string, readonly unknown[]>,
): void {
  const videos = planned.filter(({ isVideo }) => isVideo)
  const ofDirector = videos.filter(({ key }) => key === DIRECTOR)
  const made = ofDirector.reduce((sum, { prompt }) => sum + (paid.get(prompt)?.length ?? 0), 0)
  const all = videos.filter(({ prompt }) => paid.has(prompt)).length
  process.stdout.write(
    `chaos: ${videos.length} videos, ${all} paid, ` +
      `${made} of ${ofDirector.length} at once within $${DIRECTOR_USD}\n`,
  )
  expect(made).toBeGreaterThan(0)
  expect(made * VIDEO_USD).toBeLessThanOrEqual(DIRECTOR_USD)
}
