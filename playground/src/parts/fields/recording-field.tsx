import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'

import { useOrder, useWords } from '../../state/studio.ts'
import { Icon } from '../icons.tsx'
import { useDroppedFiles } from './use-dropped-files.ts'

/** The recording that is to be written down: dropped anywhere on the page, pasted, or chosen. */
export function RecordingField(): JSX.Element {
  const words = useWords().recording
  const [{ recording }, change] = useOrder()
  const chooser = useRef<HTMLInputElement>(null)
  const take = (files: Iterable<File>): void => {
    const found = [...files].find(({ type }) => /^(?:audio|video)\//.test(type))
    if (found !== undefined) change({ recording: found })
  }
  const dragging = useDroppedFiles(take)
  return (
    <div class="field source-tools">
      <button
        type="button"
        class={dragging ? 'button dashed wide dragging' : 'button dashed wide'}
        onClick={() => chooser.current?.click()}
      >
        <Icon name="add" />
        <span>{dragging ? words.drop : (recording?.name ?? words.add)}</span>
        <small class="muted">{words.how}</small>
      </button>
      <input
        ref={chooser}
        class="hidden-input"
        type="file"
        accept="audio/*,video/*"
        tabIndex={-1}
        aria-label={words.add}
        onChange={({ currentTarget }) => {
          take(currentTarget.files ?? [])
          currentTarget.value = ''
        }}
      />
    </div>
  )
}
