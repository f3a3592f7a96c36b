import { createPreviews } from '../media/video/cut-preview.ts'
import { createUsualTimes } from '../media/video/usual-times.ts'
import { createVideoMemory } from '../media/video/video-memory.ts'
import { toGeneration, toGenerationTask } from '../openai/videos/video-generation.ts'
import type { RequestContext } from '../request/request-context.ts'
import { serveLink } from '../routes/serve-link.ts'
import {
  serveVideoContent,
  type VideoContentService,
} from '../routes/videos/serve-video-content.ts'
import { serveVideoList } from '../routes/videos/serve-video-list.ts'
import { createCharacter, remixVideo, serveCharacter } from '../routes/videos/serve-video-works.ts'
import { deleteVideo, serveFoundVideo, serveVideo } from '../routes/videos/serve-videos.ts'
import type { Settings } from '../settings/read-settings.ts'
import { createCharacterIds } from '../tokens/character-id.ts'
import type { VideoMedia } from './media/video-media.ts'
import type { Services } from './services.ts'
import type { World } from './world.ts'

/** What the routes of videos do. */
export type Videos = ReturnType<typeof createVideos>

export function createVideos(
  { imageUrls, signingSecret }: Settings,
  { cutter }: Pick<World, 'cutter'>,
  services: Services,
  { videosOf, reader }: VideoMedia,
) {
  const { bucket, findWith } = services
  const service: VideoContentService = {
    ...services,
    videosOf,
    findVideo: (claims, context) => findWith(claims, reader, context),
    videoMemory: createVideoMemory(),
    usualTimes: createUsualTimes(),
    characterIds: createCharacterIds(signingSecret),
    cutPreview: cutter && createPreviews(cutter, imageUrls === 'r2' ? bucket : undefined),
  }
  return {
    order: (work: 'make' | 'edit' | 'extend', context: RequestContext) =>
      serveVideo(work, context, service),
    remix: (id: string, context: RequestContext) => remixVideo(id, context, service),
    createCharacter: (context: RequestContext) => createCharacter(context, service),
    character: (id: string, context: RequestContext) => serveCharacter(id, context, service),
    /** The same jobs, in the words of new-api and its like. */
    orderGeneration: (context: RequestContext) =>
      serveVideo('make', context, service, toGeneration),
    generation: (id: string, context: RequestContext) =>
      serveFoundVideo(id, context, service, toGenerationTask),
    /** The bytes behind a link of our own. */
    link: (signed: string, context: RequestContext) => serveLink(signed, context, service),
    list: (context: RequestContext) => serveVideoList(context, service),
    video: (id: string, context: RequestContext) => serveFoundVideo(id, context, service),
    remove: (id: string, context: RequestContext) => deleteVideo(id, context, service),
    content: (id: string, context: RequestContext) => serveVideoContent(id, context, service),
  }
}
