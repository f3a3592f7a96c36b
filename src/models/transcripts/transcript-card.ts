import type { TranscriptCard } from '../../job/model-card.ts'
import type { TranscriptModel } from './transcript-spec.ts'

/** What a caller may know of a model that writes speech down. */
export function toTranscriptCard({
  names,
  owner,
  transcribe,
  more = [],
}: TranscriptModel): TranscriptCard {
  const all = [transcribe, ...more]
  const times = (['words', 'segments'] as const).find((one) =>
    all.some((spec) => spec.times === one),
  )
  return {
    medium: 'transcript',
    name: names[0],
    endpoint: transcribe.id,
    owner,
    times: times ?? 'none',
    speakers: all.some(({ speakers }) => speakers !== undefined),
    translates: all.some(({ translate }) => translate !== undefined),
  }
}
