import type { AnyResult } from '../job/any-result.ts'
import type { AudioFormat, SpeechResult } from '../job/sound/speech-job.ts'
import type { TranscriptResult } from '../job/sound/transcript-job.ts'
import type { VideoResult } from '../job/video/video-result.ts'
import { toBase64Pieces } from '../lib/bytes/base64-pieces.ts'
import { linkAudio } from '../media/audio/link-audio.ts'
import { openSpeech } from '../media/audio/open-speech.ts'
import { isLinkable } from '../media/media-links.ts'
import { linkVideo } from '../media/video/link-video.ts'
import type { MediaForm } from '../openai/surface.ts'
import { createImageDelivery, type Delivery, type DeliveryAccess } from './delivery.ts'

/**
 * Videos by addresses of ours, whatever the owner says of images: clients tell a video by its address's ending,
 * and send their key along.
 */
export function createVideoDelivery({
  links,
  copyMedia,
  context,
}: DeliveryAccess): Delivery<VideoResult> {
  return {
    writes: false,
    async deliver(result) {
      const linkable = result.videos.filter(({ url }) => isLinkable(url))
      if (copyMedia) context.waitUntil(Promise.all(linkable.map(({ url }) => copyMedia(url))))
      const videos = result.videos.map(async (video) =>
        linkable.includes(video)
          ? { ...video, url: await linkVideo(video, context, links) }
          : video,
      )
      return { value: { ...result, videos: await Promise.all(videos) }, take: nothing }
    },
  }
}

/** A sound by an address of ours, with the ending of its kind, and with its bytes in the format asked. */
export function createSpeechDelivery(
  form: MediaForm,
  format: AudioFormat,
  { links, copyMedia, context, open, signal }: DeliveryAccess,
): Delivery<SpeechResult> {
  return {
    writes: form !== 'url',
    async deliver(result) {
      const { audio } = result
      if (copyMedia && isLinkable(audio.url)) context.waitUntil(copyMedia(audio.url))
      const url = await linkAudio(audio, context, links)
      const told = { ...result, audio: { ...audio, url } }
      if (form === 'url') return { value: told, take: nothing }
      const sound = await openSpeech(audio, format, open, signal)
      return {
        value: { ...told, adjusted: [...result.adjusted, ...sound.adjusted] },
        take: async () => ({ base64: () => toBase64Pieces(sound.body) }),
      }
    },
  }
}

/** A text is its own delivery. */
export function createTranscriptDelivery(): Delivery<TranscriptResult> {
  return { writes: false, deliver: async (value) => ({ value, take: nothing }) }
}

/** Of results that are looked up: sounds by their addresses alone. */
export function createAnyDelivery(form: MediaForm, access: DeliveryAccess): Delivery<AnyResult> {
  const images = createImageDelivery(form, access)
  const videos = createVideoDelivery(access)
  const speech = createSpeechDelivery('url', 'mp3', access)
  const transcripts = createTranscriptDelivery()
  return {
    ...images,
    deliver(result) {
      switch (result.medium) {
        case 'image':
          return images.deliver(result)
        case 'video':
          return videos.deliver(result)
        case 'speech':
          return speech.deliver(result)
        case 'transcript':
          return transcripts.deliver(result)
      }
    },
  }
}

async function nothing(): Promise<undefined> {
  return undefined
}
