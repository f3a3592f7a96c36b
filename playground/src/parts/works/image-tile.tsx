import type { JSX } from 'preact'

import type { VideoModel } from '../../api/models.ts'
import { endingOf } from '../../lib/image-bytes.ts'
import { useModels, useOrder, useStudio, useWords } from '../../state/studio.ts'
import type { Order, Work } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { useObjectUrl } from './use-object-url.ts'

/** A finished picture: press it to see it large. */
export function ImageTile(props: { readonly work: Work; readonly place: number }): JSX.Element {
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
      {picture !== undefined && <ImageTools blob={picture.blob} name={nameOf(work, place)} />}
    </figure>
  )
}

/** What can be done with one picture. */
export function ImageTools(props: {
  readonly blob: Blob
  readonly name: string
  readonly onDone?: () => void
}): JSX.Element {
  const words = useWords().work
  const [, change] = useOrder()
  const editor = useEditor()
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
          change({ ...editor, sources: [props.blob], size: '', ...ONCE })
          props.onDone?.()
          document.querySelector('textarea')?.focus()
        }}
      >
        <Icon name="edit" />
        {words.edit}
      </button>
      <AnimateButton blob={props.blob} onDone={props.onDone} />
    </figcaption>
  )
}

/** Makes a picture the first frame of a video. */
function AnimateButton(props: {
  readonly blob: Blob
  readonly onDone: (() => void) | undefined
}): JSX.Element | null {
  const words = useWords().work
  const [order, change] = useOrder()
  const animator = useAnimator()
  if (animator === undefined) return null
  const { id: model, medium } = animator
  const fresh = { size: '', seconds: '', resolution: '', sound: undefined }
  return (
    <button
      type="button"
      class="button square"
      title={words.animate}
      aria-label={words.animate}
      onClick={() => {
        const left = model === order.model ? {} : fresh
        change({ ...left, model, medium, sources: [props.blob], lastFrame: undefined, ...ONCE })
        props.onDone?.()
        document.querySelector('textarea')?.focus()
      }}
    >
      <Icon name="film" />
    </button>
  )
}

/** What an order that goes on with a picture begins without. */
const ONCE = { mask: undefined, video: undefined, prompt: '', seed: '' }

/** The model that a picture is changed with: the chosen one, whatever it can, or the first that edits. */
function useEditor(): Pick<Order, 'model' | 'medium'> {
  const [{ model, medium }] = useOrder()
  const models = useModels()
  if (medium === 'image') return { model, medium }
  const found = models.find((one) => one.medium === 'image' && one.edit)
  return { model: found?.id ?? model, medium: found?.medium ?? medium }
}

/** The model that a picture is set in motion with: the chosen one, or the first that can. */
function useAnimator(): VideoModel | undefined {
  const [{ model }] = useOrder()
  const able = useModels().filter(
    (one): one is VideoModel => one.medium === 'video' && one.inputs.includes('first_frame'),
  )
  return able.find(({ id }) => id === model) ?? able[0]
}

/** A file's name: the first words of the prompt. */
export function nameOf({ order, createdAt }: Work, place: number): string {
  const said = order.recording?.name.replace(/\.\w+$/, '') ?? order.prompt
  const words = said.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const start = words.join('-').slice(0, 40) || order.medium
  return `${start}-${Math.floor(createdAt / 1000)}-${place + 1}`
}
