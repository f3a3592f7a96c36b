import type { JSX } from 'preact'

import { useStudio, useWords } from '../../state/studio.ts'
import type { Work } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { nameOf, ImageTools } from '../works/image-tile.tsx'
import { useObjectUrl } from '../works/use-object-url.ts'
import { Dialog } from './dialog.tsx'

/** One picture as large as the window allows; arrow keys go through those made with it. */
export function Lightbox(props: { readonly work: Work; readonly place: number }): JSX.Element {
  const { work, place } = props
  const words = useWords().work
  const { shown } = useStudio()
  const pictures = work.state.kind === 'done' ? work.state.pictures : []
  const picture = pictures[place]
  const url = useObjectUrl(picture?.blob)
  const close = (): void => {
    shown.set(undefined)
  }
  const go = (step: number): void => {
    if (pictures[place + step] !== undefined) shown.set({ work, place: place + step })
  }
  return (
    <Dialog
      title={work.order.prompt || words.list}
      closeLabel={words.close}
      kind="large"
      onClose={close}
    >
      <div
        class="large-picture"
        onKeyDown={({ key }) => {
          if (key === 'ArrowLeft') go(-1)
          if (key === 'ArrowRight') go(1)
        }}
      >
        <img src={url} alt={words.alt(work.order.prompt, place + 1)} />
        {pictures.length > 1 && <Steps place={place} count={pictures.length} onStep={go} />}
      </div>
      {picture !== undefined && (
        <ImageTools blob={picture.blob} name={nameOf(work, place)} onDone={close} />
      )}
    </Dialog>
  )
}

function Steps(props: {
  readonly place: number
  readonly count: number
  readonly onStep: (step: number) => void
}): JSX.Element {
  const words = useWords().work
  const { place, count, onStep } = props
  return (
    <div class="large-steps">
      <button
        type="button"
        class="button square"
        aria-label={words.previous}
        disabled={place === 0}
        onClick={() => {
          onStep(-1)
        }}
      >
        <Icon name="left" />
      </button>
      <span class="numbers">
        {place + 1} / {count}
      </span>
      <button
        type="button"
        class="button square"
        aria-label={words.following}
        disabled={place === count - 1}
        onClick={() => {
          onStep(1)
        }}
      >
        <Icon name="right" />
      </button>
    </div>
  )
}
