import type { JSX } from 'preact'

import { useWords } from '../../state/studio.ts'
import type { Work } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { nameOf } from './image-tile.tsx'
import { useObjectUrl } from './use-object-url.ts'

/** What was spoken, with a player. */
export function SoundTile(props: { readonly work: Work; readonly blob: Blob }): JSX.Element {
  const { work, blob } = props
  const words = useWords().work
  const url = useObjectUrl(blob)
  return (
    <div class="sound">
      <audio src={url} controls preload="metadata" aria-label={words.soundOf(work.order.prompt)} />
      <a
        class="button square"
        href={url ?? ''}
        download={`${nameOf(work, 0)}.${endingOf(blob.type)}`}
        title={words.download}
        aria-label={words.download}
      >
        <Icon name="download" />
      </a>
    </div>
  )
}

function endingOf(type: string): string {
  const kind = /^audio\/(?:x-)?([a-z0-9]+)/.exec(type)?.[1] ?? 'mp3'
  return kind === 'mpeg' ? 'mp3' : kind
}
