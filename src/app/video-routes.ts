import { toGeneration, toGenerationTask } from '../openai/videos/video-generation.ts'
import type { RequestContext } from '../request/request-context.ts'
import { serveImage } from '../routes/serve-image.ts'
import {
  serveVideoContent,
  type VideoContentService,
} from '../routes/videos/serve-video-content.ts'
import { serveVideoList } from '../routes/videos/serve-video-list.ts'
import { createCharacter, remixVideo, serveCharacter } from '../routes/videos/serve-video-works.ts'
import { deleteVideo, serveFoundVideo, serveVideo } from '../routes/videos/serve-videos.ts'

/** A row of the table in `app.ts`; `parameter` is the last part of the path that is named there. */
export interface VideoRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly open?: true
  readonly sure?: string
  readonly serve: (
    context: RequestContext,
    parameter: (name: string) => string,
  ) => Promise<Response>
}

/** `/v1/videos` as OpenAI had it, and the relays' `/v1/video/generations`. */
export function videoRoutes(service: VideoContentService): readonly VideoRoute[] {
  return [...orderRoutes(service), ...relayRoutes(service), ...foundRoutes(service)]
}

function orderRoutes(service: VideoContentService): readonly VideoRoute[] {
  return [
    { method: 'POST', path: '/videos', serve: (context) => serveVideo('make', context, service) },
    {
      method: 'POST',
      path: '/videos/edits',
      serve: (context) => serveVideo('edit', context, service),
    },
    {
      method: 'POST',
      path: '/videos/extensions',
      serve: (context) => serveVideo('extend', context, service),
    },
    {
      method: 'POST',
      path: '/videos/:id/remix',
      serve: (context, of) => remixVideo(of('id'), context, service),
    },
    {
      method: 'POST',
      path: '/videos/characters',
      serve: (context) => createCharacter(context, service),
    },
    {
      method: 'GET',
      path: '/videos/characters/:id',
      serve: (context, of) => serveCharacter(of('id'), context, service),
    },
  ]
}

/** The same jobs, in the words of new-api and its like. */
function relayRoutes(service: VideoContentService): readonly VideoRoute[] {
  const order: VideoRoute['serve'] = (context) => serveVideo('make', context, service, toGeneration)
  const look: VideoRoute['serve'] = (context, of) =>
    serveFoundVideo(of('id'), context, service, toGenerationTask)
  return [
    { method: 'POST', path: '/video/generations', serve: order },
    { method: 'GET', path: '/video/generations/:id', serve: look },
    { method: 'POST', path: '/videos/generations', serve: order },
    { method: 'GET', path: '/videos/generations/:id', serve: look },
  ]
}

function foundRoutes(service: VideoContentService): readonly VideoRoute[] {
  return [
    { method: 'GET', path: '/videos', serve: (context) => serveVideoList(context, service) },
    {
      method: 'GET',
      path: '/videos/:signed{[^/]+\\.(?:mp4|webm|mov|gif)}',
      open: true,
      serve: (context, of) => serveImage(of('signed'), context, service),
    },
    {
      method: 'GET',
      path: '/videos/:id',
      serve: (context, of) => serveFoundVideo(of('id'), context, service),
    },
    {
      method: 'DELETE',
      path: '/videos/:id',
      serve: (context, of) => deleteVideo(of('id'), context, service),
    },
    {
      method: 'GET',
      path: '/videos/:id/content',
      serve: (context, of) => serveVideoContent(of('id'), context, service),
    },
  ]
}
