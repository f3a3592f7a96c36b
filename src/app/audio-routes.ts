import type { Audio } from './audio-service.ts'
import type { Route } from './route.ts'

/**
 * `/v1/audio/…`.
 *
 * @param audio made when the first of them is asked for
 */
export function audioRoutes(audio: () => Audio): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/audio/speech',
      serve: (context) => audio().speech(context),
    },
    {
      method: 'POST',
      path: '/audio/transcriptions',
      serve: (context) => audio().transcript('transcribe', context),
    },
    {
      method: 'POST',
      path: '/audio/translations',
      serve: (context) => audio().transcript('translate', context),
    },
    {
      method: 'GET',
      path: '/audio/models',
      open: true,
      serve: () => audio().models(),
    },
    {
      method: 'GET',
      path: '/audio/voices',
      open: true,
      serve: (context) => audio().voices(context),
    },
  ]
}
