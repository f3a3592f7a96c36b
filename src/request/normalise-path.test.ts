import { expect, test } from 'vitest'

import { normalisePath } from './normalise-path.ts'

test.for([
  ['/v1/models', '/models', undefined],
  ['/models', '/models', undefined],
  ['//v1//models/', '/models', undefined],
  ['/v1/v1/models', '/models', undefined],
  ['/openai/v1/models', '/models', undefined],
  ['/openai/responses', '/responses', undefined],
  ['/openai/v10/models', '/v10/models', undefined],
  ['/openai', '/', undefined],
  ['/v1/models/openai/gpt-image-2', '/models/openai/gpt-image-2', undefined],
  ['/v1/models/fal-ai/flux/dev', '/models/fal-ai/flux/dev', undefined],
  ['/v1/models/v1', '/models/v1', undefined],
  ['/v1', '/', undefined],
  ['/v1/', '/', undefined],
  ['/', '/', undefined],
  ['', '/', undefined],
  ['/v10/models', '/v10/models', undefined],
  ['/openai/deployments/flux-dev/images/generations', '/images/generations', 'flux-dev'],
  ['/openai/deployments/Flux%201.1/chat/completions', '/chat/completions', 'Flux 1.1'],
  ['/openai/deployments/%E0%A4%A/chat/completions', '/chat/completions', '%E0%A4%A'],
] as const)('%s is %s', ([pathname, path, deployment]) => {
  expect(normalisePath(pathname)).toEqual({ path, deployment })
})
