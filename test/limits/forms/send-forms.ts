import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { aMask, aPicture } from '../../support/pictures.ts'
import { ACCESS_KEY } from '../../support/start-gateway.ts'
import { startStack, type Stack } from '../../support/start-stack.ts'
import type { Files } from './draft.ts'
import { createStrangeForms, type StrangeForm } from './strange-forms.ts'

/** A failure is replayed by its seed: `FUZZ_SEED=… npm test -- test/limits/forms`. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_129)
const AT_ONCE = 16

/** OpenAI's shape; a form that is refused always says by which rule. */
const refused = z.strictObject({
  error: z.looseObject({
    message: z.string().min(1),
    type: z.enum(['invalid_request_error', 'rate_limit_error', 'image_generation_user_error']),
    param: z.nullable(z.string()),
    code: z.string().min(1),
  }),
})

/** The test, with all that it needs, for the file that calls this. */
export function testForms(count: number): void {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
  })
  afterAll(() => stack.close())

  test(
    `${count} strange forms: no 5xx, no submit from a broken one, OpenAI's shape`,
    { timeout: 900_000 },
    async () => {
      process.stdout.write(`forms: seed ${SEED}\n`)
      const next = createStrangeForms(SEED, await someFiles())
      const statuses = new Map<string, number>()
      let left = count
      const work = async (): Promise<void> => {
        while (left > 0) {
          left -= 1
          const form = next()
          const status = await send(stack, form)
          const name = `${form.isBroken ? 'broken' : 'whole'} ${status}`
          statuses.set(name, (statuses.get(name) ?? 0) + 1)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      process.stdout.write(`forms: ${JSON.stringify(Object.fromEntries(statuses))}\n`)
      expect(statuses.get('whole 200') ?? 0).toBeGreaterThan(count / 20)
    },
  )
}

async function send(
  stack: Stack,
  { path, headers, body, isBroken, story }: StrangeForm,
): Promise<number> {
  const response = await fetch(`${stack.gateway.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, ...headers },
    body: new Uint8Array(body),
  })
  const text = await response.text()
  const shown = `${path} ${JSON.stringify(headers)} ${story.join(', ')} -> ${response.status} ${text.slice(0, 300)}`
  expect(response.status, shown).toBeLessThan(500)
  if (isBroken) {
    expect(response.status, shown).toBeGreaterThanOrEqual(400)
    expect(response.headers.get('x-job-id'), shown).toBeNull()
  }
  if (response.status >= 400)
    expect(refused.safeParse(JSON.parse(text)).error, shown).toBeUndefined()
  return response.status
}

async function someFiles(): Promise<Files> {
  const video = Buffer.from('000000186674797069736f6d0000020069736f6d6d703432', 'hex')
  return {
    '@picture': await aPicture(),
    '@mask': await aMask(),
    '@video': video,
    '@sound': Buffer.from('RIFF....WAVEfmt ................data....', 'latin1'),
  }
}
