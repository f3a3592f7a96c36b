import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { aMask } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

// A phone stores what it sees lying, and says beside it how it is to be turned.

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** 512×384 in the file; orientations 5 to 8 show it as 384×512. */
async function aPhoto(format: 'jpeg' | 'png' | 'webp', orientation: number): Promise<Buffer> {
  const background = { r: 90, g: 120, b: 150 }
  const plain = sharp({ create: { width: 512, height: 384, channels: 3, background } })
  return plain.toFormat(format).withMetadata({ orientation }).toBuffer()
}

const error = z.object({ error: z.object({ param: z.string(), message: z.string() }) })

async function edit(
  model: string,
  photo: Buffer,
  mask?: Buffer,
): Promise<{
  readonly status: number
  readonly param: string | undefined
  readonly input: unknown
}> {
  const form = new FormData()
  form.set('model', model)
  form.set('prompt', 'make it blue')
  form.set('response_format', 'url')
  form.set('image', new File([new Uint8Array(photo)], 'IMG_0001'))
  if (mask !== undefined) form.set('mask', new File([new Uint8Array(mask)], 'mask.png'))
  const response = await stack.request('/images/edits', { method: 'POST', body: form })
  const refused = error.safeParse(await response.json())
  const input = stack.fal.journal.jobs().at(-1)?.input
  return { status: response.status, param: refused.data?.error.param, input }
}

const LYING = ['jpeg', 'png', 'webp'] as const

describe.each(LYING)('a photo as %s', (format) => {
  test.for([5, 6, 7, 8])(
    'that is turned by %i takes the mask that is painted on it as it is shown',
    async (turn) => {
      const photo = await aPhoto(format, turn)
      expect(await edit('flux-dev', photo, await aMask(384, 512))).toMatchObject({ status: 200 })
      const lying = await edit('flux-dev', photo, await aMask(512, 384))
      expect(lying).toMatchObject({ status: 400, param: 'mask' })
      expect(stack.fal.journal.jobs()).toHaveLength(1)
    },
  )

  test.for([1, 3])('that is turned by %i stands as it lies', async (turn) => {
    const photo = await aPhoto(format, turn)
    expect(await edit('flux-dev', photo, await aMask(512, 384))).toMatchObject({ status: 200 })
    expect(await edit('flux-dev', photo, await aMask(384, 512))).toMatchObject({ status: 400 })
  })

  test('models that are told a size are told that of what is shown', async () => {
    const upright = await edit('ideogram-v3', await aPhoto(format, 6))
    expect(upright).toMatchObject({ status: 200, input: { image_size: 'portrait_4_3' } })
    const lying = await edit('ideogram-v3', await aPhoto(format, 1))
    expect(lying).toMatchObject({ status: 200, input: { image_size: 'landscape_4_3' } })
    const { input } = await edit('seedream-4.5', await aPhoto(format, 6))
    const { image_size: size } = z
      .object({ image_size: z.object({ width: z.number(), height: z.number() }) })
      .parse(input)
    expect(size.height / size.width).toBeCloseTo(4 / 3, 1)
  })
})

test.for(['fal-ai/sana', 'fal-ai/luma-photon'])(
  'a model that cannot edit says so before anything is paid: %s',
  async (model) => {
    const sent = await edit(model, await aPhoto('jpeg', 6))
    expect(sent).toMatchObject({ status: 400, param: expect.stringMatching(/^(?:image|model)$/) })
    expect(stack.fal.journal.jobs()).toEqual([])
  },
)
