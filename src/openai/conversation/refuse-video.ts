import { invalidRequest } from '../../job/problem.ts'
import type { Conversation } from './conversation.ts'

/**
 * No image model watches: nothing that was sent is dropped silently.
 *
 * @throws ProblemError `invalid_request` when there is a video
 */
export function refuseVideo({ videos: [video] }: Pick<Conversation, 'videos'>): void {
  if (video === undefined) return
  throw invalidRequest(
    video.param,
    'This model makes pictures and takes no video. To change a video, choose a model that edits videos; to draw what is in it, send a picture of it.',
  )
}
