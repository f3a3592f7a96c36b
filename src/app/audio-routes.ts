import {
  serveAudioModels,
  serveVoices,
  type AudioListService,
} from '../routes/audio/serve-audio-lists.ts'
import { serveSpeech, type SpeechService } from '../routes/audio/serve-speech.ts'
import { serveTranscript, type TranscriptService } from '../routes/audio/serve-transcript.ts'
import type { Route } from './route.ts'

/** What the routes with sound are served with. */
type AudioService = SpeechService & TranscriptService & AudioListService

/** `/v1/audio/…`. */
export function audioRoutes(service: AudioService): readonly Route[] {
  return [
    { method: 'POST', path: '/audio/speech', serve: (context) => serveSpeech(context, service) },
    {
      method: 'POST',
      path: '/audio/transcriptions',
      serve: (context) => serveTranscript('transcribe', context, service),
    },
    {
      method: 'POST',
      path: '/audio/translations',
      serve: (context) => serveTranscript('translate', context, service),
    },
    { method: 'GET', path: '/audio/models', open: true, serve: () => serveAudioModels(service) },
    {
      method: 'GET',
      path: '/audio/voices',
      open: true,
      serve: ({ request }) => serveVoices(request, service),
    },
  ]
}
