import type { JSX } from 'preact'

import { endingOf } from '../lib/picture-bytes.ts'
import { useOrder, useStudio, useWords } from '../state/studio.ts'
import type { Work } from '../state/work.ts'
import { Icon } from './icons.tsx'
import { useObjectUrl } from './use-object-url.ts'

/** A finished picture: press it to see it large. */
export function PictureTile(props: { readonly work: Work; readonly place: number }): JSX.Element {
  const { work, place } = props
  const words = useWords().work
  const { shown } = useStudio()
  const picture = work.state.kind === 'done' ? work.state.pictures[place] : undefined
  const url = useObjectUrl(picture?.blob)
  return (
    <figure class="tile">
      <button
        type="button"
        class="tile-open"
        aria-label={words.open(place + 1)}
        onClick={() => {
          shown.set({ work, place })
        }}
      >
        <img
          src={url}
          alt={words.alt(work.order.prompt, place + 1)}
          width={picture?.width || undefined}
          height={picture?.height || undefined}
        />
      </button>
      {picture !== undefined && <PictureTools blob={picture.blob} name={nameOf(work, place)} />}
    </figure>
  )
}

/** What can be done with one picture. */
export function PictureTools(props: {
  readonly blob: Blob
  readonly name: string
  readonly onDone?: () => void
}): JSX.Element {
  const words = useWords().work
  const [, change] = useOrder()
  const url = useObjectUrl(props.blob)
  return (
    <figcaption class="tile-tools">
      <a
        class="button square"
        href={url ?? ''}
        download={`${props.name}.${endingOf(props.blob.type)}`}
        title={words.download}
        aria-label={words.download}
      >
        <Icon name="download" />
      </a>
      <button
        type="button"
        class="button"
        onClick={() => {
          change({ sources: [props.blob], mask: undefined, prompt: '', size: '', seed: '' })
          props.onDone?.()
          document.querySelector('textarea')?.focus()
        }}
      >
        <Icon name="edit" />
        {words.edit}
      </button>
    </figcaption>
  )
}

/** A file's name: the first words of the prompt. */
export function nameOf({ order, createdAt }: Work, place: number): string {
  const words = order.prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const start = words.join('-').slice(0, 40) || 'picture'
  return `${start}-${Math.floor(createdAt / 1000)}-${place + 1}`
}
