import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { checkTypes, type Sample } from '../contract/check-types.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

/**
 * What every answer must be, in the types of the installed `openai` package. What we add is named here, so
 * that nothing is added unseen.
 */
const TYPES = `
import type { Video, VideoCreateCharacterResponse, VideoDeleteResponse } from 'openai/resources/videos'
import type { ErrorObject } from 'openai/resources/shared'

/** OpenAI's type knows the sizes of its own model only. */
type Told = Omit<Video, 'size'> & {
  size: string
  endpoint: string
  url?: string
  queue_position?: number
  usage?: { cost: number }
}
type Page = { object: 'list'; data: Told[]; first_id: string | null; last_id: string | null; has_more: boolean }
type Deleted = VideoDeleteResponse
type Character = VideoCreateCharacterResponse & { object: 'video.character' }
type Failure = { error: ErrorObject & { job_id?: string } }
`

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ ledger: 'temporary' })
})
afterAll(() => stack.close())

const withId = z.looseObject({ id: z.string() })
const withStatus = z.looseObject({ status: z.string() })

async function json(path: string, init?: RequestInit): Promise<unknown> {
  const value: unknown = await (await stack.request(path, init)).json()
  return value
}

async function post(path: string, body: unknown): Promise<unknown> {
  const value: unknown = await (await stack.post(path, body)).json()
  return value
}

async function ended(prompt: string): Promise<unknown> {
  const { id } = withId.parse(await post('/videos', { prompt }))
  let found: unknown
  await until(async () => {
    found = await json(`/videos/${id}`)
    return /completed|failed/.test(withStatus.parse(found).status)
  }, 20)
  return found
}

test('every answer about videos has the type of the official package', async () => {
  const created = await post('/videos', { prompt: 'a cat [[queue:1m]]' })
  const { id: waiting } = withId.parse(created)
  const done = await ended('a cat')
  const { id } = withId.parse(done)
  const character = await post('/videos/characters', { name: 'Luna', video: { id } })
  const samples: readonly Sample[] = [
    { name: 'created', type: 'Told', value: created },
    { name: 'queued', type: 'Told', value: await json(`/videos/${waiting}`) },
    { name: 'completed', type: 'Told', value: done },
    { name: 'failed', type: 'Told', value: await ended('[[fail:content_policy_violation]]') },
    {
      name: 'remixed',
      type: 'Told',
      value: await post(`/videos/${id}/remix`, { prompt: 'a dog' }),
    },
    {
      name: 'edited',
      type: 'Told',
      value: await post('/videos/edits', { prompt: 'b', video: { id } }),
    },
    {
      name: 'extended',
      type: 'Told',
      value: await post('/videos/extensions', { prompt: 'b', seconds: '4', video: { id } }),
    },
    { name: 'list', type: 'Page', value: await json('/videos') },
    { name: 'character', type: 'Character', value: character },
    {
      name: 'character found',
      type: 'Character',
      value: await json(`/videos/characters/${withId.parse(character).id}`),
    },
    { name: 'deleted', type: 'Deleted', value: await json(`/videos/${id}`, { method: 'DELETE' }) },
    { name: 'unknown', type: 'Failure', value: await json('/videos/video_x') },
    { name: 'wrong', type: 'Failure', value: await post('/videos', { seconds: 'long' }) },
    { name: 'not ready', type: 'Failure', value: await json(`/videos/${waiting}/content`) },
  ]
  expect(await checkTypes(TYPES, samples)).toEqual({})
  const spoilt = [
    { name: 'spoilt', type: 'Told', value: { ...withId.parse(done), progress: '100' } },
  ]
  expect(await checkTypes(TYPES, spoilt)).toHaveProperty('spoilt')
}, 90_000)
