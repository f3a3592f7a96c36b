import { invalidRequest } from '../../job/problem.ts'
import type { Conversation } from './conversation.ts'

/**
 * No image model hears: nothing that was sent is dropped silently.
 *
 * @throws ProblemError `invalid_request` when there is a sound
 */
export function refuseSound({ recordings: [sound] }: Pick<Conversation, 'recordings'>): void {
  if (sound === undefined) return
  throw invalidRequest(
    sound.param,
    'This model makes pictures and takes no sound. To have a recording written down, choose a model such as whisper-1.',
  )
}
