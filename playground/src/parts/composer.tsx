import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

import type { ImageModel, Model, VideoModel } from '../api/models.ts'
import { fieldLabel } from '../lib/field-label.ts'
import { formatUsd } from '../lib/format-usd.ts'
import type { OwnField } from '../lib/own-fields.ts'
import { takesImages } from '../lib/takes.ts'
import { useModel, useModels, useOrder, useStudio, useWords } from '../state/studio.ts'
import type { Order } from '../state/works/work.ts'
import type { Words } from '../words/en.ts'
import { CountField } from './fields/count-field.tsx'
import { FramesField } from './fields/frames-field.tsx'
import { MoreFields } from './fields/more-fields.tsx'
import { OwnVideoField } from './fields/own-video-field.tsx'
import { RecordingField } from './fields/recording-field.tsx'
import { ShapeField } from './fields/shape-field.tsx'
import { SourceField } from './fields/source-field.tsx'
import { SpeechFields } from './fields/speech-fields.tsx'
import { useOwnFields } from './fields/use-own-fields.ts'
import { VideoFields } from './fields/video-fields.tsx'
import { Icon } from './icons.tsx'
import { ModelField } from './models/model-field.tsx'
import { useListedModel } from './models/use-listed-model.ts'
import { usePrice } from './models/use-price.ts'
import { OldVideoNote } from './works/old-video-note.tsx'

/** Where an order is written. */
export function Composer(): JSX.Element {
  const { gallery } = useStudio()
  const words = useWords().model
  const [order] = useOrder()
  const models = useModels()
  useListedModel(models)
  const model = useModel()
  const own = useOwnFields()
  const needed = own.filter(({ name, required }) => required && order.extra[name] === undefined)
  const misfit = model && misfitOf(model, order, words)
  const ready = model !== undefined && misfit === undefined && saysEnough(order)
  const send = (): void => {
    if (!ready || needed.length > 0) return
    gallery.begin(order)
    // On a phone it stands below.
    document.querySelector('#works')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }
  return (
    <form
      class="composer card"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
      }}
    >
      <div class="composer-fields">
        {order.video !== undefined && <OldVideoNote video={order.video} />}
        <Given model={model} />
        <ModelField models={models} />
        {misfit !== undefined && (
          <p class="notice small" role="alert">
            {misfit}
          </p>
        )}
        {model !== undefined && <Settings model={model} own={own} needed={needed} />}
      </div>
      <SendRow ready={ready && needed.length === 0} />
    </form>
  )
}

/** How it is to be made. */
function Settings(props: {
  readonly model: Model
  readonly own: readonly OwnField[]
  /** Those that the model must be told, and is not. */
  readonly needed: readonly OwnField[]
}): JSX.Element {
  const { model, own, needed } = props
  const words = useWords()
  const [{ video }] = useOrder()
  return (
    <>
      {video === undefined && 'sizes' in model && <ShapeField model={model} />}
      {model.medium === 'video' && <VideoFields model={model} />}
      {model.medium === 'speech' && <SpeechFields model={model} />}
      {model.medium === 'image' && <CountField />}
      {needed.length > 0 && (
        <p class="notice small" role="status">
          {words.more.needed(needed.map(({ name }) => fieldLabel(name, words.fields)).join(', '))}
        </p>
      )}
      {'sizes' in model && <MoreFields model={model} own={own} needed={needed.length > 0} />}
    </>
  )
}

function saysEnough({ medium, recording, prompt, sources, video }: Order): boolean {
  if (medium === 'transcript') return recording !== undefined
  return prompt.trim() !== '' || sources.length > 0 || video?.how === 'extend'
}

/**
 * Whether nothing of an order depends on what only the gateway knows of the model: most want words with a picture,
 * and some work inside no mask. What they would refuse has no price.
 */
function isSurelyTaken({ prompt, medium, mask }: Order): boolean {
  return mask === undefined && (prompt.trim() !== '' || medium === 'transcript')
}

/** Why a model cannot do what is asked; undefined: it can. */
function misfitOf(
  model: Model,
  { sources, video }: Order,
  words: Words['model'],
): string | undefined {
  if (sources.length > 0 && !takesImages(model)) {
    return model.medium === 'image' ? words.cannotEdit : words.cannotAnimate
  }
  if (video === undefined || video.how === 'remix') return undefined
  const can = model.medium === 'video' && model[video.how]
  return can ? undefined : words.cannotWork
}

/** What it is to be made of. */
function Given({ model }: { readonly model: Model | undefined }): JSX.Element {
  const [{ video }] = useOrder()
  if (model?.medium === 'transcript') return <RecordingField />
  const takesNone = model === undefined || model.medium === 'speech' || video !== undefined
  return (
    <>
      <PromptField />
      {!takesNone && <GivenImages model={model} />}
    </>
  )
}

function GivenImages({ model }: { readonly model: ImageModel | VideoModel }): JSX.Element {
  const { inputs } = model.medium === 'video' ? model : { inputs: ['references'] }
  const isByFrames = inputs.includes('first_frame') || !inputs.includes('references')
  if (model.medium === 'image') return <SourceField />
  return (
    <>
      {isByFrames ? <FramesField model={model} /> : <SourceField />}
      <OwnVideoField model={model} />
    </>
  )
}

function SendRow({ ready }: { readonly ready: boolean }): JSX.Element {
  const words = useWords()
  const { coded } = useStudio()
  const [order] = useOrder()
  const usd = usePrice(order, ready && isSurelyTaken(order))
  const priceId = useId()
  return (
    <div class="composer-send">
      <button
        type="submit"
        class="button primary wide"
        disabled={!ready}
        title={words.prompt.hint}
        aria-describedby={priceId}
      >
        {sendWords(order, words)}
        {usd !== undefined && (
          <span id={priceId} class="price" aria-hidden="true">
            {words.prompt.price(formatUsd(usd))}
          </span>
        )}
      </button>
      <button
        type="button"
        class="button square"
        title={words.snippet.title}
        aria-label={words.snippet.title}
        onClick={() => {
          coded.set(order)
        }}
      >
        <Icon name="code" />
      </button>
    </div>
  )
}

function sendWords({ medium, video, sources }: Order, words: Words): string {
  if (video !== undefined) return words.work.videoWorks[video.how]
  if (medium !== 'image') return words.prompt.send[medium]
  return sources.length > 0 ? words.prompt.edit : words.prompt.generate
}

/** What the text is called, and an example of it. */
function promptWords(
  { medium, video, sources }: Order,
  words: Words['prompt'],
): readonly [string, string] {
  if (video?.how === 'extend') return [words.extendLabel, words.extendPlaceholder]
  if (medium === 'video' && video === undefined) return [words.filmLabel, words.filmPlaceholder]
  if (medium === 'speech') return [words.speakLabel, words.speakPlaceholder]
  const changes = video !== undefined || sources.length > 0
  return changes ? [words.editLabel, words.editPlaceholder] : [words.label, words.placeholder]
}

function PromptField(): JSX.Element {
  const words = useWords().prompt
  const [order, change] = useOrder()
  const [label, placeholder] = promptWords(order, words)
  const id = useId()
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      <textarea
        id={id}
        name="prompt"
        class="input prompt"
        rows={4}
        maxLength={32_000}
        placeholder={placeholder}
        value={order.prompt}
        onInput={({ currentTarget }) => {
          change({ prompt: currentTarget.value })
        }}
      />
    </div>
  )
}
