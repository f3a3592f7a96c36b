import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'

import type { VideoModel } from '../../api/models.ts'
import { useOrder, useWords } from '../../state/studio.ts'
import { Icon } from '../icons.tsx'

/** A video of one's own that is to be changed or made longer, for models that do that. */
export function OwnVideoField({ model }: { readonly model: VideoModel }): JSX.Element | null {
  const can = (['edit', 'extend'] as const).filter((how) => model[how])
  if (can.length === 0) return null
  return (
    <div class="field source-tools">
      {can.map((how) => (
        <Chooser key={how} how={how} />
      ))}
    </div>
  )
}

function Chooser({ how }: { readonly how: 'edit' | 'extend' }): JSX.Element {
  const words = useWords().video
  const [, change] = useOrder()
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="button dashed wide" onClick={() => chooser.current?.click()}>
        <Icon name="add" />
        {words.own[how]}
      </button>
      <input
        ref={chooser}
        class="hidden-input"
        type="file"
        accept="video/*"
        tabIndex={-1}
        aria-label={words.own[how]}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ''
          if (file === undefined) return
          const video = { id: '', how, name: file.name, file }
          change({ video, sources: [], lastFrame: undefined })
        }}
      />
    </>
  )
}
