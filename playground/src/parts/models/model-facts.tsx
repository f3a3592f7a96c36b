import type { JSX } from 'preact'

import type {
  ImageModel,
  Model,
  SpeechModel,
  TranscriptModel,
  VideoModel,
} from '../../api/models.ts'
import { useWords } from '../../state/studio.ts'
import type { Words } from '../../words/en.ts'

/** What a model takes, in a few words. */
export function ModelFacts({ model }: { readonly model: Model }): JSX.Element {
  const words = useWords().model
  return <span class="muted small">{factsOf(model, words).join(' · ')}</span>
}

function factsOf(model: Model, words: Words['model']): readonly string[] {
  switch (model.medium) {
    case 'image':
      return imageFacts(model, words)
    case 'video':
      return videoFacts(model, words)
    case 'speech':
      return speechFacts(model, words)
    case 'transcript':
      return transcriptFacts(model, words)
  }
}

function speechFacts({ sound, voices }: SpeechModel, words: Words['model']): readonly string[] {
  const named = Object.entries(words.sounds).find(([name]) => name === sound)?.[1] ?? sound
  return [named, ...(voices.length === 0 ? [] : [words.voices(voices.length)])]
}

function transcriptFacts(
  { timestamps }: TranscriptModel,
  words: Words['model'],
): readonly string[] {
  return [words.media.transcript, ...(timestamps === 'none' ? [] : [words.subtitles])]
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
