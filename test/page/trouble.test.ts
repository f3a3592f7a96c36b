import type { Page } from 'playwright-core'
import { afterAll, describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import { browserTestsLeftOut } from '../support/browser.ts'
import { startGateway, type Gateway } from '../support/start-gateway.ts'
import type { PageStack, VisitOptions } from '../support/start-page.ts'

const leftOut = browserTestsLeftOut() !== undefined

/** Each is told in words that help, and then in the gateway's own. */
const TROUBLE = [
  {
    env: { FAL_API_KEY: 'bad-id:secret' },
    help: 'Its owner must check FAL_API_KEY.',
    said: 'fal does not accept the key of this gateway.',
  },
  {
    env: { FAL_API_KEY: 'locked-id:secret' },
    help: 'top up the other at fal.ai/dashboard/billing',
    said: "The balance of this gateway's fal account is used up.",
  },
  {
    env: { FAL_API_KEY: 'limited-id:secret' },
    help: 'These were too many requests for the moment.',
    said: 'fal takes no more requests at the moment.',
  },
] as const

let stack: PageStack

describe.skipIf(leftOut)('the page of a gateway', () => {
  const gateways: Gateway[] = []

  test.beforeAll(({ sharedPage }) => {
    stack = sharedPage
  })
  afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())))

  /** The page before another gateway. */
  async function visit(env: Readonly<Record<string, string>>, options: VisitOptions = {}) {
    const gateway = await startGateway(stack.fal.url, env)
    gateways.push(gateway)
    return stack.visit({ ...options, gatewayUrl: gateway.url })
  }

  test.for(TROUBLE)(
    'with $env says what to do, for a picture and in a chat',
    async ({ env, help, said }) => {
      const { page } = await visit(env)
      await page.getByLabel('What to draw').fill('a cat')
      await page.getByRole('button', { name: 'Generate' }).click()
      await tells(page, [help, said])
      await page.getByRole('button', { name: 'Chat', exact: true }).click()
      await page.getByLabel('Message').fill('draw a cat')
      await page.getByLabel('Message').press('Enter')
      await tells(page, [help, said])
      expect(stack.fal.journal.jobs()).toEqual([])
    },
  )

  test('that is not configured names the variable that is wrong, and where to mend it', async () => {
    const { page } = await visit({ DEFAULT_MODEL: 'no-such-model' }, { key: undefined })
    await page.getByText('DEFAULT_MODEL names no model that this gateway knows.').waitFor()
    await page.getByText('If it is yours, mend DEFAULT_MODEL where it is set').waitFor()
    expect(await page.getByText('wrangler secret put').count()).toBe(0)
    await page.getByRole('button', { name: 'About this gateway' }).click()
    await page.getByText('The gateway does not tell what it has.').waitFor()
  })

  test('that is not configured gives the command for a secret, and goes on when it is set', async () => {
    const { page } = await visit({ DEFAULT_MODEL: 'no-such-model' }, { key: undefined })
    const answer = (fault: string) => {
      const message = `This gateway is not configured: its ${fault}`
      const error = { message, type: 'server_error', param: null, code: 'worker_not_configured' }
      return page.route('**/healthz', (route) => route.fulfill({ status: 500, json: { error } }))
    }
    await answer('variable MODELS is wrong (it is not JSON: unreadable).')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('If it is yours, mend MODELS where it is set').waitFor()
    // `npm start` always sets one.
    await answer('owner must set the secret WORKER_ACCESS_KEY.')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('npx wrangler secret put WORKER_ACCESS_KEY').waitFor()
    await page.unroute('**/healthz')
    await page.route('**/healthz', (route) => route.fulfill({ json: { status: 'ok' } }))
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Enter the access key to begin.').waitFor()
  })

  test('that works tells what is bound to it, and what the rest would give', async () => {
    const { page, complaints, foreign } = await stack.visit({ key: undefined })
    await page.getByRole('button', { name: 'About this gateway' }).click()
    const dialog = page.getByRole('dialog', { name: 'About this gateway' })
    await dialog.getByText('Ledger on').waitFor()
    const rows = await dialog.locator('.binding').allInnerTexts()
    expect(rows.map((row) => row.split(/\n+/)[0])).toEqual([
      'Ledger on',
      'Bucket for pictures off',
      'Previews of videos off',
      'Rate limiter off',
      'Usage data off',
      'This page on',
    ])
    expect(rows[0]).toContain('not paid for twice')
    expect(rows[1]).toContain('Bind an R2 bucket and set IMAGE_URLS=r2')
    expect(complaints).toEqual([])
    expect(foreign).toEqual([])
  })

  test('that takes the key no more says so with the picture that was asked for', async () => {
    const { page } = await stack.visit()
    await page.getByLabel('What to draw').fill('a cat')
    await page.route('**/v1/images/generations', (route) =>
      route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer sk-old' } }),
    )
    await page.getByRole('button', { name: 'Generate' }).click()
    await tells(page, ['Enter another with the key button above.', 'Incorrect API key provided.'])
    expect(stack.fal.journal.jobs()).toEqual([])
  })
})

async function tells(page: Page, words: readonly string[]): Promise<void> {
  const alert = page.getByRole('alert')
  await alert.waitFor()
  const text = await alert.innerText()
  for (const part of words) expect(text).toContain(part)
}
