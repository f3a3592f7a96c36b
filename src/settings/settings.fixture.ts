import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    falUrl: string
  }
}

/** The settings of a gateway in front of the pretend fal, for tests inside workerd. */
export function testSettings(more: Readonly<Record<string, string>> = {}) {
  const fal = inject('falUrl')
  return {
    WORKER_ACCESS_KEY: 'alice:sk-a',
    FAL_API_KEY: 'test-id:test-secret',
    LOG_LEVEL: 'error',
    FAL_QUEUE_URL: `${fal}/queue`,
    FAL_RUN_URL: `${fal}/run`,
    FAL_REST_URL: `${fal}/rest`,
    FAL_API_URL: `${fal}/api/v1`,
    ...more,
  }
}
