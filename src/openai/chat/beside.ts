import type { ChatCompletionAudio } from 'openai/resources/chat/completions'

import type { AnyResult } from '../../job/any-result.ts'
import { JOB_ID_SECONDS } from '../../tokens/job-id.ts'
import type { Said } from '../conversation/reply-text.ts'
import type { PlaceBase64, RequestFacts } from '../surface.ts'
import { toChatImages, type ChatDelta, type ChatMessageMore } from './chat-completion.ts'

/** What stands beside the text of an answer, for callers that asked for it by `modalities`. */
interface Beside {
  message(result: AnyResult, base64: PlaceBase64): ChatMessageMore
  deltas(result: AnyResult, base64: PlaceBase64): readonly ChatDelta[]
}

interface BesideFacts extends Pick<RequestFacts, 'requestId' | 'nowSeconds'> {
  readonly said: Said
}

/** Images as OpenRouter has them, a sound as OpenAI's own chats. */
export function readBeside(modalities: readonly string[], facts: BesideFacts): Beside {
  const isWanted = ({ medium }: AnyResult): boolean =>
    modalities.includes(medium === 'speech' ? 'audio' : medium)
  return {
    message(result, base64) {
      if (!isWanted(result)) return {}
      if (result.medium === 'image') return { images: toChatImages(result) }
      return result.medium === 'speech' ? { audio: toChatAudio(facts, base64) } : {}
    },
    deltas(result, base64) {
      if (!isWanted(result)) return []
      if (result.medium === 'image') return [{ images: toChatImages(result) }]
      return result.medium === 'speech' ? toAudioDeltas(toChatAudio(facts, base64)) : []
    },
  }
}

function toChatAudio(
  { requestId, nowSeconds, said }: BesideFacts,
  base64: PlaceBase64,
): ChatCompletionAudio {
  return {
    id: `audio_${requestId.replace(/^req_/, '')}`,
    data: base64(0),
    transcript: said.prompt,
    expires_at: nowSeconds + JOB_ID_SECONDS,
  }
}

/** In OpenAI's order: the id with the words, the sound, and its end alone. */
function toAudioDeltas({ id, data, transcript, expires_at }: ChatCompletionAudio): ChatDelta[] {
  return [{ audio: { id, transcript } }, { audio: { data } }, { audio: { expires_at } }]
}
