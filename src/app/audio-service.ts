import { voicesOf } from '../models/speech/choose-voice.ts'
import type { RequestContext } from '../request/request-context.ts'
import {
  serveAudioModels,
  serveVoices,
  type AudioListService,
} from '../routes/audio/serve-audio-lists.ts'
import { serveSpeech } from '../routes/audio/serve-speech.ts'
import { serveTranscript } from '../routes/audio/serve-transcript.ts'
import type { AudioMedia } from './media/audio-media.ts'
import type { Services } from './services.ts'

/** What the routes with sound do. */
export type Audio = ReturnType<typeof createAudio>

export function createAudio(services: Services, media: AudioMedia) {
  const service = { ...services, ...media }
  const lists = createLists(media)
  return {
    speech: (context: RequestContext) => serveSpeech(context, service),
    transcript: (task: 'transcribe' | 'translate', context: RequestContext) =>
      serveTranscript(task, context, service),
    models: () => serveAudioModels(lists),
    voices: ({ request }: RequestContext) => serveVoices(request, lists),
  }
}

/** What menus are filled with, as the owner allows it: whoever asks may have no key, and has nobody ask fal. */
function createLists({ speechModelsOf }: AudioMedia): AudioListService {
  const speech = speechModelsOf({ models: undefined })
  return {
    speakers: () =>
      speech.models.filter(({ sound }) => sound === 'speech').map(({ names: [name] }) => name),
    voicesOf: async (name) => voicesOf(await speech.resolve(name, async () => undefined)),
  }
}
