import type { Audio } from './audio-service.ts'
import type { Route } from './route.ts'

/**
 * `/v1/audio/…`.
 *
 * @param audio loaded when the first of them is asked for
 */
export function audioRoutes(audio: () => Promise<Audio>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/audio/speech',
      serve: async (context) => (await audio()).speech(context),
    },
    {
      method: 'POST',
      path: '/audio/transcriptions',
      serve: async (context) => (await audio()).transcript('transcribe', context),
    },
    {
      method: 'POST',
      path: '/audio/translations',
      serve: async (context) => (await audio()).transcript('translate', context),
    },
    {
      method: 'GET',
      path: '/audio/models',
      open: true,
      serve: async () => (await audio()).models(),
    },
    {
      method: 'GET',
      path: '/audio/voices',
      open: true,
      serve: async (context) => (await audio()).voices(context),
    },
  ]
}
