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
  const one = { path: '/videos/:id' } as const
  return [
    { method: 'POST', path: '/videos', serve: (context) => serveVideo('make', context, service) },
    { method: 'GET', path: '/videos', serve: (context) => serveVideoList(context, service) },
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
      path: '/videos/characters',
      serve: (context) => createCharacter(context, service),
    },
    {
      method: 'GET',
      path: '/videos/characters/:id',
      serve: (context, of) => serveCharacter(of('id'), context, service),
    },
    ...relayRoutes(service),
    {
      method: 'GET',
      path: '/videos/:signed{[^/]+\\.(?:mp4|webm|mov|gif)}',
      open: true,
      serve: (context, of) => serveImage(of('signed'), context, service),
    },
    {
      ...one,
      method: 'GET',
      serve: (context, of) => serveFoundVideo(of('id'), context, service),
    },
    {
      ...one,
      method: 'DELETE',
      serve: (context, of) => deleteVideo(of('id'), context, service),
    },
    {
      method: 'GET',
      path: '/videos/:id/content',
      serve: (context, of) => serveVideoContent(of('id'), context, service),
    },
    {
      method: 'POST',
      path: '/videos/:id/remix',
      serve: (context, of) => remixVideo(of('id'), context, service),
    },
  ]
}

function relayRoutes(service: VideoContentService): readonly VideoRoute[] {
  return ['/video/generations', '/videos/generations'].flatMap((path): readonly VideoRoute[] => [
    {
      method: 'POST',
      path,
      serve: (context) => serveVideo('make', context, service, toGeneration),
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      serve: (context, of) => serveFoundVideo(of('id'), context, service, toGenerationTask),
    },
  ])
}
