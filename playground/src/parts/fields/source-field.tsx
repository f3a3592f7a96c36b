import type { JSX, RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'

import { MOST_SOURCES, imagesIn } from '../../lib/pick-images.ts'
import { useOrder, useWords } from '../../state/studio.ts'
import { MaskDialog } from '../dialogs/mask-dialog.tsx'
import { Icon } from '../icons.tsx'
import { useObjectUrl } from '../works/use-object-url.ts'
import { useDroppedFiles } from './use-dropped-files.ts'

/** The pictures to be edited: dropped anywhere on the page, pasted, or chosen. */
export function SourceField(): JSX.Element {
  const words = useWords().source
  const [{ sources, mask, medium }, change] = useOrder()
  const [painting, setPainting] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const add = (files: Iterable<File>): void => {
    const pictures = imagesIn(files)
    if (pictures.length > 0) change({ sources: [...sources, ...pictures].slice(0, MOST_SOURCES) })
  }
  const dragging = useDroppedFiles(add)
  const [first] = sources
  const label = medium === 'image' ? words.add : words.addReferences
  return (
    <div class="field">
      {sources.length > 0 && <SourceStrip />}
      <div class="source-tools">
        <button
          type="button"
          class={dragging ? 'button dashed wide dragging' : 'button dashed wide'}
          onClick={() => chooser.current?.click()}
        >
          <Icon name="add" />
          <span>{dragging ? words.drop : label}</span>
          <small class="muted">{words.how}</small>
        </button>
        {first !== undefined && medium === 'image' && (
          <button
            type="button"
            class="button wide"
            onClick={() => {
              setPainting(true)
            }}
          >
            <Icon name="brush" />
            {words.mask}
          </button>
        )}
      </div>
      {mask !== undefined && <MaskNote />}
      <Chooser chooser={chooser} onFiles={add} />
      {painting && first !== undefined && (
        <MaskDialog
          source={first}
          onMask={(painted) => {
            change({ mask: painted })
          }}
          onClose={() => {
            setPainting(false)
          }}
        />
      )}
    </div>
  )
}

function Chooser(props: {
  readonly chooser: RefObject<HTMLInputElement | null>
  readonly onFiles: (files: Iterable<File>) => void
}): JSX.Element {
  const words = useWords().source
  return (
    <input
      ref={props.chooser}
      class="hidden-input"
      type="file"
      accept="image/png,image/jpeg,image/webp,image/gif"
      multiple
      tabIndex={-1}
      aria-label={words.add}
      onChange={({ currentTarget }) => {
        props.onFiles(currentTarget.files ?? [])
        currentTarget.value = ''
      }}
    />
  )
}

function MaskNote(): JSX.Element {
  const words = useWords().source
  const [, change] = useOrder()
  return (
    <p class="row small">
      <span>{words.masked}</span>
      <button
        type="button"
        class="button quiet"
        onClick={() => {
          change({ mask: undefined })
        }}
      >
        {words.unmask}
      </button>
    </p>
  )
}

function SourceStrip(): JSX.Element {
  const [{ sources, mask }, change] = useOrder()
  return (
    <ul class="sources">
      {sources.map((source, index) => (
        <Source
          key={index}
          blob={source}
          place={index + 1}
          onRemove={() => {
            // The mask belongs to the first.
            const kept = index === 0 ? undefined : mask
            change({ sources: sources.filter((_, at) => at !== index), mask: kept })
          }}
        />
      ))}
    </ul>
  )
}

function Source(props: {
  readonly blob: Blob
  readonly place: number
  readonly onRemove: () => void
}): JSX.Element {
  const words = useWords().source
  const url = useObjectUrl(props.blob)
  return (
    <li>
      <img src={url} alt={words.alt(props.place)} />
      <button
        type="button"
        class="button square small-button"
        aria-label={words.remove(props.place)}
        onClick={props.onRemove}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}
