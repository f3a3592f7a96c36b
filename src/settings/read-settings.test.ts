import { expect, test } from 'vitest'

import { UNLIMITED } from '../job/caller.ts'
import { readSettings } from './read-settings.ts'

const required = { WORKER_ACCESS_KEY: 'sk-a', FAL_API_KEY: 'id:secret' }

test('two variables are enough', () => {
  expect(readSettings(required)).toEqual({
    accessKeys: [{ ...UNLIMITED, name: undefined, owner: true, secret: { key: 'sk-a' } }],
    falKeys: ['id:secret'],
    defaultModel: 'imagen4-preview',
    models: [],
    allowedModels: ['*'],
    hosts: {
      queueUrl: 'https://queue.fal.run',
      runUrl: 'https://fal.run',
      restUrl: 'https://rest.fal.ai',
      apiUrl: 'https://api.fal.ai/v1',
    },
    imageUrls: 'fal',
    publicUrl: undefined,
    jobTimeoutSeconds: 600,
    resultLifetimeSeconds: undefined,
    signingSecret: 'id:secret',
    corsOrigins: ['*'],
    logLevel: 'info',
  })
})

test('lists are split, hosts lose their last slash, blanks count as none', () => {
  const settings = readSettings({
    ...required,
    FAL_API_KEY: ' a:1 ,b:2,, ',
    FAL_QUEUE_URL: 'http://127.0.0.1:8788/queue/',
    CORS_ORIGINS: 'https://a.example, https://b.example',
    DEFAULT_MODEL: '  ',
    SIGNING_KEY: '',
    SOME_BINDING: { fetch: null },
  })
  expect(settings).toMatchObject({
    falKeys: ['a:1', 'b:2'],
    defaultModel: 'imagen4-preview',
    signingSecret: ' a:1 ,b:2,, '
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean)
      .join(','),
    corsOrigins: ['https://a.example', 'https://b.example'],
  })
  expect(settings.hosts.queueUrl).toBe('http://127.0.0.1:8788/queue')
})

test.for([
  [{}, 'WORKER_ACCESS_KEY'],
  [{ WORKER_ACCESS_KEY: 'sk-a' }, 'FAL_API_KEY'],
  [{ ...required, WORKER_ACCESS_KEY: ',' }, 'WORKER_ACCESS_KEY'],
  [{ ...required, FAL_API_URL: 'ftp://x' }, 'FAL_API_URL'],
  [{ ...required, JOB_TIMEOUT_SECONDS: '0' }, 'JOB_TIMEOUT_SECONDS'],
  [{ ...required, JOB_TIMEOUT_SECONDS: '9999' }, 'JOB_TIMEOUT_SECONDS'],
  [{ ...required, RESULT_LIFETIME_SECONDS: '59' }, 'RESULT_LIFETIME_SECONDS'],
  [{ ...required, RESULT_LIFETIME_SECONDS: '31536001' }, 'RESULT_LIFETIME_SECONDS'],
  [{ ...required, SIGNING_KEY: 'short' }, 'SIGNING_KEY'],
  [{ ...required, LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ ...required, MODELS: '{"logo":' }, 'MODELS'],
  [{ ...required, MODELS: '{"logo":{"endpoint":7}}' }, 'logo.endpoint'],
  [{ ...required, IMAGE_URLS: 'cdn' }, 'IMAGE_URLS'],
  [{ ...required, ACCESS_KEYS: '{"alice":{"sha256":"x"}}' }, '"alice.sha256"'],
  [{ FAL_API_KEY: 'id:secret', ACCESS_KEYS: '{}' }, 'ACCESS_KEYS'],
  [
    { ...required, WORKER_ACCESS_KEY: 'alice:sk-a', ACCESS_KEYS: '{"alice":{"key":"sk-b"}}' },
    '"alice": a key in WORKER_ACCESS_KEY has this name',
  ],
  [undefined, 'WORKER_ACCESS_KEY'],
] as const)('%j is refused with the name of the variable', ([env, variable]) => {
  expect(() => readSettings(env)).toThrow(
    expect.objectContaining({
      problem: { kind: 'not_configured', message: expect.stringContaining(variable) },
    }),
  )
})

function names(env: object): readonly unknown[] {
  return readSettings(env).accessKeys.map(({ name, owner }) => [name, owner])
}

test('either of the two variables with access keys is enough; the named callers go before the owner', () => {
  const ACCESS_KEYS = '{"alice":{"key":"sk-b"}}'
  expect(names({ FAL_API_KEY: 'id:secret', ACCESS_KEYS })).toEqual([['alice', false]])
  expect(names({ ...required, ACCESS_KEYS })).toEqual([
    ['alice', false],
    [undefined, true],
  ])
})

test('a wrong secret is never repeated in the message', () => {
  const env = { ...required, SIGNING_KEY: 'my-secret' }
  expect(() => readSettings(env)).toThrow(
    expect.objectContaining({
      problem: { kind: 'not_configured', message: expect.not.stringContaining('my-secret') },
    }),
  )
})
