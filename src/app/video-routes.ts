import { idOf, type Route } from './route.ts'
import type { Videos } from './video-service.ts'

/**
 * `/v1/videos` as OpenAI had it, and the relays' `/v1/video/generations`.
 *
 * @param videos loaded when the first of them is asked for
 */
export function videoRoutes(videos: () => Promise<Videos>): readonly Route[] {
  return [...orderRoutes(videos), ...relayRoutes(videos), ...foundRoutes(videos)]
}

function orderRoutes(videos: () => Promise<Videos>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/videos',
      serve: async (context) => (await videos()).order('make', context),
    },
    {
      method: 'POST',
      path: '/videos/edits',
      serve: async (context) => (await videos()).order('edit', context),
    },
    {
      method: 'POST',
      path: '/videos/extensions',
      serve: async (context) => (await videos()).order('extend', context),
    },
    {
      method: 'POST',
      path: '/videos/:id/remix',
      serve: async (context, of) => (await videos()).remix(idOf(of), context),
    },
    {
      method: 'POST',
      path: '/videos/characters',
      serve: async (context) => (await videos()).createCharacter(context),
    },
    {
      method: 'GET',
      path: '/videos/characters/:id',
      serve: async (context, of) => (await videos()).character(idOf(of), context),
    },
  ]
}

/** The same jobs, in the words of new-api and its like. */
function relayRoutes(videos: () => Promise<Videos>): readonly Route[] {
  const order: Route['serve'] = async (context) => (await videos()).orderGeneration(context)
  const look: Route['serve'] = async (context, of) => (await videos()).generation(idOf(of), context)
  return [
    { method: 'POST', path: '/video/generations', serve: order },
    { method: 'GET', path: '/video/generations/:id', serve: look },
    { method: 'POST', path: '/videos/generations', serve: order },
    { method: 'GET', path: '/videos/generations/:id', serve: look },
  ]
}

function foundRoutes(videos: () => Promise<Videos>): readonly Route[] {
  return [
    { method: 'GET', path: '/videos', serve: async (context) => (await videos()).list(context) },
    {
      method: 'GET',
      path: '/videos/:signed{[^/]+\\.(?:mp4|webm|mov|gif)}',
      open: true,
      serve: async (context, { req }) => (await videos()).link(req.param('signed') ?? '', context),
    },
    {
      method: 'GET',
      path: '/videos/:id',
      serve: async (context, of) => (await videos()).video(idOf(of), context),
    },
    {
      method: 'DELETE',
      path: '/videos/:id',
      serve: async (context, of) => (await videos()).remove(idOf(of), context),
    },
    {
      method: 'GET',
      path: '/videos/:id/content',
      serve: async (context, of) => (await videos()).content(idOf(of), context),
    },
  ]
}
