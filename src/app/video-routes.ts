import { idOf, type Route } from './route.ts'
import type { Videos } from './video-service.ts'

/**
 * `/v1/videos` as OpenAI had it, and the relays' `/v1/video/generations`.
 *
 * @param videos made when the first of them is asked for
 */
export function videoRoutes(videos: () => Videos): readonly Route[] {
  return [...orderRoutes(videos), ...relayRoutes(videos), ...foundRoutes(videos)]
}

function orderRoutes(videos: () => Videos): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/videos',
      serve: (context) => videos().order('make', context),
    },
    {
      method: 'POST',
      path: '/videos/edits',
      serve: (context) => videos().order('edit', context),
    },
    {
      method: 'POST',
      path: '/videos/extensions',
      serve: (context) => videos().order('extend', context),
    },
    {
      method: 'POST',
      path: '/videos/:id/remix',
      serve: (context, of) => videos().remix(idOf(of), context),
    },
    {
      method: 'POST',
      path: '/videos/characters',
      serve: (context) => videos().createCharacter(context),
    },
    {
      method: 'GET',
      path: '/videos/characters/:id',
      serve: (context, of) => videos().character(idOf(of), context),
    },
  ]
}

/** The same jobs, in the words of new-api and its like. */
function relayRoutes(videos: () => Videos): readonly Route[] {
  const order: Route['serve'] = (context) => videos().orderGeneration(context)
  const look: Route['serve'] = (context, of) => videos().generation(idOf(of), context)
  return [
    { method: 'POST', path: '/video/generations', serve: order },
    { method: 'GET', path: '/video/generations/:id', serve: look },
    { method: 'POST', path: '/videos/generations', serve: order },
    { method: 'GET', path: '/videos/generations/:id', serve: look },
  ]
}

function foundRoutes(videos: () => Videos): readonly Route[] {
  return [
    { method: 'GET', path: '/videos', serve: (context) => videos().list(context) },
    {
      method: 'GET',
      path: '/videos/:signed{[^/]+\\.(?:mp4|webm|mov|gif)}',
      open: true,
      serve: (context, { req }) => videos().link(req.param('signed') ?? '', context),
    },
    {
      method: 'GET',
      path: '/videos/:id',
      serve: (context, of) => videos().video(idOf(of), context),
    },
    {
      method: 'DELETE',
      path: '/videos/:id',
      serve: (context, of) => videos().remove(idOf(of), context),
    },
    {
      method: 'GET',
      path: '/videos/:id/content',
      serve: (context, of) => videos().content(idOf(of), context),
    },
  ]
}
