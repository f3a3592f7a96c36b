import type { JSX } from 'preact'

import { useModels, useStudio, useWords } from '../../state/studio.ts'
import { VIDEO_WORKS, type Clip, type OldVideo, type Work } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { nameOf } from './image-tile.tsx'
import { useObjectUrl } from './use-object-url.ts'

const ICONS = { remix: 'again', edit: 'edit', extend: 'right' } as const

/** A finished video: it plays where it stands, and can be worked on. */
export function VideoTile(props: { readonly work: Work; readonly clip: Clip }): JSX.Element {
  const { work, clip } = props
  const words = useWords().work
  const model = useModels().find(({ id }) => id === work.order.model)
  const { preferences } = useStudio()
  const url = useObjectUrl(clip.blob)
  const { jobId, order } = work
  const can = VIDEO_WORKS.filter(
    (how) => model?.medium === 'video' && (how === 'remix' || model[how]),
  )
  const workOn = (how: OldVideo['how']): void => {
    const video = { id: jobId ?? '', how, name: order.prompt }
    preferences.order.set({
      ...order,
      prompt: '',
      seed: '',
      sources: [],
      lastFrame: undefined,
      video,
    })
    document.querySelector('textarea')?.focus()
  }
  return (
    <figure class="tile clip">
      <video
        src={url}
        controls
        playsInline
        preload="metadata"
        aria-label={words.videoOf(order.prompt)}
      />
      <figcaption class="tile-tools">
        <a
          class="button square"
          href={url ?? ''}
          download={`${nameOf(work, 0)}.${endingOf(clip.blob.type)}`}
          title={words.download}
          aria-label={words.download}
        >
          <Icon name="download" />
        </a>
        {jobId !== undefined &&
          can.map((how) => (
            <button
              key={how}
              type="button"
              class="button"
              onClick={() => {
                workOn(how)
              }}
            >
              <Icon name={ICONS[how]} />
              {words.videoWorks[how]}
            </button>
          ))}
      </figcaption>
    </figure>
  )
}

function endingOf(type: string): string {
  return /^video\/(webm|quicktime)/.exec(type)?.[1]?.replace('quicktime', 'mov') ?? 'mp4'
}
