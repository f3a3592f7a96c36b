import { expect, test } from 'vitest'

import { fromJobPart, toJobPart, toQueuedRequest } from './queued-request.ts'

const hosts = {
  queueUrl: 'https://queue.fal.run',
  runUrl: 'https://fal.run',
  restUrl: 'https://rest.fal.ai',
  apiUrl: 'https://api.fal.ai/v1',
}
const key = { value: 'id:secret', fingerprint: '12345678' }
const submitted = { endpoint: 'fal-ai/flux/dev', requestId: 'r1', key }
const byRule = {
  ...submitted,
  responseUrl: 'https://queue.fal.run/fal-ai/flux/requests/r1',
  statusUrl: 'https://queue.fal.run/fal-ai/flux/requests/r1/status',
  cancelUrl: 'https://queue.fal.run/fal-ai/flux/requests/r1/cancel',
}

test('the URLs that fal returned are used as they are', () => {
  const returned = {
    response_url: 'https://queue.fal.run/elsewhere/r1',
    status_url: 'https://queue.fal.run/elsewhere/r1/s',
    cancel_url: 'https://queue.fal.run/elsewhere/r1/c',
  }
  expect(toQueuedRequest(submitted, returned, hosts)).toEqual({
    ...submitted,
    responseUrl: returned.response_url,
    statusUrl: returned.status_url,
    cancelUrl: returned.cancel_url,
  })
})

test.for([
  'https://queue.fal.run.evil.example/r1',
  'http://queue.fal.run/r1',
  'https://queue.fal.run:8443/r1',
  'https://user@evil.example/queue.fal.run',
  'https://fal.run/r1',
  '//evil.example/r1',
  'nonsense',
  null,
  undefined,
])('%s is not one of them: the place by rule is used', (url) => {
  const returned = { response_url: url, status_url: url, cancel_url: url }
  expect(toQueuedRequest(submitted, returned, hosts)).toEqual(byRule)
})

test.for([
  ['fal-ai/flux/dev', 'fal-ai/flux'],
  ['openai/gpt-image-2', 'openai/gpt-image-2'],
  ['bytedance/seedream/v5/lite/text-to-image', 'bytedance/seedream'],
  ['workflows/someone/thing/run', 'workflows/someone/thing'],
  ['comfy/someone/thing', 'comfy/someone/thing'],
] as const)('the sub-path of %s is dropped', ([endpoint, app]) => {
  const request = toQueuedRequest({ endpoint, requestId: 'r1', key }, {}, hosts)
  expect(request.responseUrl).toBe(`https://queue.fal.run/${app}/requests/r1`)
})

test('a result URL with a suffix does not move status and cancel', () => {
  const returned = { response_url: `${byRule.responseUrl}/response` }
  const request = toQueuedRequest(submitted, returned, hosts)
  const again = fromJobPart(toJobPart(request, hosts), submitted.endpoint, key, hosts)
  expect(again).toEqual({ ...byRule, responseUrl: `${byRule.responseUrl}/response` })
})

test('a request is found again from its part', () => {
  const request = toQueuedRequest(submitted, {}, hosts)
  expect(fromJobPart(toJobPart(request, hosts), submitted.endpoint, key, hosts)).toEqual(request)
})
