import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'

import type { VideoModel } from '../../api/models.ts'
import { imagesIn } from '../../lib/pick-images.ts'
import { useOrder, useWords } from '../../state/studio.ts'
import { Icon } from '../icons.tsx'
import { useObjectUrl } from '../works/use-object-url.ts'
import { useDroppedFiles } from './use-dropped-files.ts'

/** The pictures with which a video begins and ends: dropped anywhere on the page, pasted, or chosen. */
export function FramesField({ model }: { readonly model: VideoModel }): JSX.Element | null {
  const words = useWords().frames
  const [{ sources, lastFrame }, change] = useOrder()
  const [first] = sources
  const takesFirst = model.inputs.includes('first_frame')
  const takesLast = model.inputs.includes('last_frame')
  const setFirst = (blob: Blob | undefined): void => {
    change({ sources: blob === undefined ? [] : [blob], mask: undefined })
  }
  const setLast = (blob: Blob | undefined): void => {
    change({ lastFrame: blob })
  }
  useDroppedFiles((files) => {
    const [one, other] = imagesIn(files)
    const isNext = takesLast && (first !== undefined || !takesFirst)
    if (one !== undefined) (isNext ? setLast : setFirst)(one)
    if (other !== undefined && takesLast && !isNext) setLast(other)
  })
  // What the model does not take can still be seen, and taken away.
  const showsFirst = takesFirst || first !== undefined
  if (!showsFirst && !takesLast) return null
  return (
    <div class="pair frames">
      {showsFirst && <Frame label={words.first} blob={first} onBlob={setFirst} />}
      {takesLast && <Frame label={words.last} blob={lastFrame} onBlob={setLast} />}
    </div>
  )
}

function Frame(props: {
  readonly label: string
  readonly blob: Blob | undefined
  readonly onBlob: (blob: Blob | undefined) => void
}): JSX.Element {
  const { label, blob, onBlob } = props
  const words = useWords().frames
  const chooser = useRef<HTMLInputElement>(null)
  const url = useObjectUrl(blob)
  return (
    <div class="frame">
      <button
        type="button"
        class="button dashed"
        aria-label={blob === undefined ? label : words.change(label)}
        onClick={() => chooser.current?.click()}
      >
        {url === undefined ? <Icon name="add" /> : <img src={url} alt="" />}
        <span>{label}</span>
      </button>
      {blob !== undefined && (
        <button
          type="button"
          class="button square small-button"
          aria-label={words.remove(label)}
          onClick={() => {
            onBlob(undefined)
          }}
        >
          <Icon name="close" />
        </button>
      )}
      <input
        ref={chooser}
        class="hidden-input"
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif"
        tabIndex={-1}
        aria-label={label}
        onChange={({ currentTarget }) => {
          const [picture] = imagesIn(currentTarget.files ?? [])
          if (picture !== undefined) onBlob(picture)
          currentTarget.value = ''
        }}
      />
    </div>
  )
}
