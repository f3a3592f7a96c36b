import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'

import { toSrt } from '../../lib/subtitles.ts'
import { useWords } from '../../state/studio.ts'
import type { Transcript, Work } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { nameOf } from './image-tile.tsx'
import { useObjectUrl } from './use-object-url.ts'

/** What was written down, as text and as subtitles. */
export function TranscriptTile(props: {
  readonly work: Work
  readonly transcript: Transcript
}): JSX.Element {
  const { work, transcript } = props
  const words = useWords().work
  const { text, segments } = transcript
  return (
    <div class="transcript">
      {/* Can be scrolled, so it can be reached by the keyboard. */}
      <p tabIndex={0} role="region" aria-label={words.transcript}>
        {text}
      </p>
      <div class="transcript-tools">
        <SaveLink label={words.text} text={text} name={`${nameOf(work, 0)}.txt`} />
        {segments.length > 0 && (
          <SaveLink
            label={words.subtitles}
            text={toSrt(segments)}
            name={`${nameOf(work, 0)}.srt`}
          />
        )}
      </div>
    </div>
  )
}

function SaveLink(props: {
  readonly label: string
  readonly text: string
  readonly name: string
}): JSX.Element {
  const { label, text, name } = props
  const blob = useMemo(() => new Blob([text], { type: 'text/plain' }), [text])
  const url = useObjectUrl(blob)
  return (
    <a class="button" href={url ?? ''} download={name}>
      <Icon name="download" />
      {label}
    </a>
  )
}
