import type { JSX } from 'preact'

import type { ImageModel, Model, VideoModel } from '../api/models.ts'
import { useWords } from '../state/studio.ts'
import type { Words } from '../words/en.ts'

/** What a model takes, in a few words. */
export function ModelFacts({ model }: { readonly model: Model }): JSX.Element {
  const words = useWords().model
  const facts = model.medium === 'image' ? imageFacts(model, words) : videoFacts(model, words)
  return <span class="muted small">{facts.join(' · ')}</span>
}

function imageFacts(model: ImageModel, words: Words['model']): readonly string[] {
  const { sizes } = model
  const size = sizes.includes('WIDTHxHEIGHT') ? words.anySize : words.shapes(sizes.length)
  return [
    sizes.length === 0 ? words.ownSize : size,
    ...(model.max_images > 1 ? [words.upTo(model.max_images)] : []),
    ...(model.edit ? [words.edits] : []),
  ]
}

function videoFacts(model: VideoModel, words: Words['model']): readonly string[] {
  const { seconds, resolutions, inputs } = model
  const best = resolutions.at(-1)
  return [
    words.media.video,
    ...(seconds === undefined ? [] : [words.seconds(rangeOf(seconds))]),
    ...(best === undefined ? [] : [best]),
    ...(inputs.includes('first_frame') ? [words.animates] : []),
    ...(model.edit ? [words.editsVideos] : []),
    ...(model.extend ? [words.extends] : []),
  ]
}

function rangeOf(seconds: NonNullable<VideoModel['seconds']>): string {
  const [least, most] =
    'min' in seconds ? [seconds.min, seconds.max] : [Math.min(...seconds), Math.max(...seconds)]
  return least === most ? String(least) : `${least}–${most}`
}
