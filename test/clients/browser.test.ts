import path from 'node:path'

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeEach, describe, expect } from 'vitest'

import { test } from '../support/browser-test.ts'
import {
  browserTestsLeftOut,
  servePage,
  watchPreflights,
  type Preflight,
  type Site,
} from '../support/browser.ts'
import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { FREED_SECONDS, startStack, until, type Stack } from '../support/start-stack.ts'

describe.skipIf(browserTestsLeftOut() !== undefined)('a web page of another origin', () => {
  let stack: Stack
  let site: Site
  let context: BrowserContext
  let page: Page
  let preflights: readonly Preflight[]

  test.beforeAll(async ({ chromium }) => {
    context = await chromium.newContext()
    stack = await startStack()
    site = await servePage(path.join(import.meta.dirname, 'browser-page.ts'))
    page = await context.newPage()
    preflights = await watchPreflights(page)
    await page.goto(site.origin)
  })
  afterAll(async () => {
    await context.close()
    await site.close()
    await stack.close()
  })
  beforeEach(() => {
    stack.fal.journal.clear()
  })

  /** Calls what `page.ts` exports, inside the browser. */
  function inPage(call: string, ...args: readonly string[]): string {
    const values = [stack.gateway.url, ACCESS_KEY, ...args].map((value) => JSON.stringify(value))
    return `page.${call}(${values.join(', ')})`
  }

  // Shows: browser/preflight
  test('makes a picture with the official client and reads our headers', async () => {
    expect(await page.evaluate(inPage('makePicture', 'a cat'))).toEqual({
      url: expect.stringMatching(/^http/),
      requestId: expect.stringMatching(/^req_/),
      jobId: expect.stringMatching(/^job_/),
      endpoint: 'fal-ai/flux/dev',
    })
    expect(preflights).toContainEqual({
      url: `${stack.gateway.url}/v1/images/generations`,
      status: 204,
    })
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  // Shows: browser/edits
  test('uploads a picture of its own to be edited', async () => {
    const source = (await aPicture()).toString('base64')
    expect(await page.evaluate(inPage('editPicture', source))).toEqual({
      pictures: 1,
      base64: 'iVBOR',
    })
  })

  // Shows: browser/streams
  test('reads streams of chat, images and Responses', async () => {
    const prompt = 'a cat [[queue:100ms]] [[run:100ms]]'
    expect(await page.evaluate(inPage('streamChat', prompt))).toEqual({
      text: expect.stringMatching(/!\[Generated Image\]\(http\S+\)$/),
      jobId: expect.stringMatching(/^job_/),
    })
    const events = await page.evaluate(inPage('streamPictures', prompt))
    expect(events).toContain('image_generation.completed')
    expect(events).toContain('response.completed')
  })

  // Shows: browser/errors
  test('is told every field of a failure', async () => {
    const refused = inPage('makePicture', 'a cat [[fail:content_policy_violation]]')
    expect(await page.evaluate(`page.failureOf(${refused})`)).toEqual({
      name: 'BadRequestError',
      status: 400,
      code: 'content_policy_violation',
      param: 'prompt',
      type: 'invalid_request_error',
      requestId: expect.stringMatching(/^req_/),
      jobId: expect.stringMatching(/^job_/),
      shouldRetry: 'false',
    })
  })

  // Shows: browser/errors
  test('is told of a failure inside a stream, and before its first byte', async () => {
    const prompt = 'a cat [[run:200ms]] [[fail:content_policy_violation]]'
    const inside = `page.failureOf(${inPage('streamChat', prompt)})`
    expect(await page.evaluate(inside)).toMatchObject({
      code: 'content_policy_violation',
      type: 'invalid_request_error',
    })
    const before = `page.failureOf(${inPage('streamChat', 'a cat [[submit:500]]')})`
    expect(await page.evaluate(before)).toMatchObject({
      name: 'InternalServerError',
      status: 502,
      requestId: expect.stringMatching(/^req_/),
    })
  })

  // Shows: browser/leaving
  test('that is left while it reads a stream leaves nothing open', async () => {
    await page.evaluate(`void ${inPage('streamChat', 'a cat [[queue:20s]]')}`)
    await until(() => stack.fal.journal.openRequests() === 1)
    await page.goto(`${site.origin}/?left`)
    await until(() => stack.fal.journal.count('cancel') === 1, FREED_SECONDS)
    await until(() => stack.fal.journal.openRequests() === 0, FREED_SECONDS)
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  // Shows: browser/origins
  test('of an origin that is not allowed gets no answer from its browser, and nothing is submitted', async () => {
    const strict = await startGateway(stack.fal.url, { CORS_ORIGINS: 'https://a.example' })
    const asking = `page.failureOf(page.makePicture("${strict.url}", "${ACCESS_KEY}", "a cat"))`
    expect(await page.evaluate(asking)).toMatchObject({ name: 'APIConnectionError' })
    expect(stack.asked()).toEqual({})
    await strict.close()
  })
})
