import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { pythonKnowsVideos, startPython, type Python } from '../support/python.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

describe.skipIf(!pythonKnowsVideos())('openai-python', () => {
  let stack: Stack
  let python: Python

  beforeAll(async () => {
    stack = await startStack({ ledger: 'temporary' })
    python = startPython()
  })
  afterAll(async () => {
    await python.close()
    await stack.close()
  })

  const run = async (code: string): Promise<unknown> =>
    python.run(
      `client = openai.OpenAI(base_url="${stack.gateway.url}/v1", api_key="${ACCESS_KEY}")\n${code}`,
    )

  test('creates and polls, downloads, lists, remixes, edits, extends, deletes', async () => {
    const answer = await run(`
made = client.videos.create_and_poll(model="sora-2", prompt="a cat", seconds="4", size="1280x720")
body = client.videos.download_content(made.id).read()
remix = client.videos.remix(made.id, prompt="a dog")
# Version 3.22 takes no ids here, although its types name them.
edit = client.videos.edit(prompt="in snow", video=("a.mp4", body, "video/mp4"))
longer = client.videos.extend(prompt="it jumps", seconds="4", video=("a.mp4", body, "video/mp4"))
page = client.videos.list(limit=2)
ids = [video.id for video in client.videos.list(limit=2)][:4]
gone = client.videos.delete(made.id)
answer = [
    made.status, made.progress, made.seconds, made.size, body[4:8].decode(), remix.remixed_from_video_id == made.id,
    edit.status, longer.status, len(page.data), made.id in ids, gone.deleted,
]`)
    expect(answer).toEqual([
      'completed',
      100,
      '4',
      '1280x720',
      'ftyp',
      true,
      'queued',
      'queued',
      2,
      true,
      true,
    ])
  }, 60_000)

  test('sends files, and keeps characters', async () => {
    const png = (await aPicture(64, 36)).toString('base64')
    const answer = await run(`
import base64
png = base64.b64decode("${png}")
made = client.videos.create_and_poll(prompt="it moves", input_reference=("cat.png", png, "image/png"))
clip = client.videos.download_content(made.id).read()
luna = client.videos.create_character(name="Luna", video=("luna.mp4", clip, "video/mp4"))
found = client.videos.get_character(luna.id)
edit = client.videos.edit(prompt="in snow", video=("a.mp4", clip, "video/mp4"))
answer = [made.status, luna.name, found.name, edit.status]`)
    expect(answer).toEqual(['completed', 'Luna', 'Luna', 'queued'])
  }, 60_000)

  test('throws its own classes of errors', async () => {
    const answer = await run(`
def fault(work):
    try:
        return repr(work())
    except openai.APIStatusError as error:
        return [type(error).__name__, error.status_code, error.code]
answer = [
    fault(lambda: client.videos.create(prompt="a cat", seconds="long")),
    fault(lambda: client.videos.create(prompt="a cat", model="no-such-video-model")),
    fault(lambda: client.videos.retrieve("video_x")),
    client.videos.create_and_poll(prompt="[[fail:content_policy_violation]]").error.code,
]`)
    expect(answer).toEqual([
      ['BadRequestError', 400, 'invalid_value'],
      ['NotFoundError', 404, 'model_not_found'],
      ['NotFoundError', 404, 'job_not_found'],
      'content_policy_violation',
    ])
  }, 60_000)
})
