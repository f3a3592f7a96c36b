import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

import { fieldLabel } from '../lib/field-label.ts'
import { useModel, useModels, useOrder, useStudio, useWords } from '../state/studio.ts'
import { CountField } from './count-field.tsx'
import { Icon } from './icons.tsx'
import { ModelField } from './model-field.tsx'
import { MoreFields } from './more-fields.tsx'
import { ShapeField } from './shape-field.tsx'
import { SourceField } from './source-field.tsx'
import { useListedModel } from './use-listed-model.ts'
import { useOwnFields } from './use-own-fields.ts'

/** Where an order is written. */
export function Composer(): JSX.Element {
  const { gallery } = useStudio()
  const words = useWords()
  const [order] = useOrder()
  const models = useModels()
  useListedModel()
  const model = useModel()
  const own = useOwnFields()
  const needed = own.filter(({ name, required }) => required && order.extra[name] === undefined)
  const edits = order.sources.length > 0
  const cannotEdit = edits && model !== undefined && !model.edit
  const said = edits || order.prompt.trim() !== ''
  const ready = model !== undefined && !cannotEdit && said && needed.length === 0
  const send = (): void => {
    if (!ready) return
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
        <PromptField edits={edits} />
        <SourceField />
        <ModelField models={models} />
        {cannotEdit && (
          <p class="notice small" role="alert">
            {words.model.cannotEdit}
          </p>
        )}
        {model !== undefined && <ShapeField model={model} />}
        <CountField />
        {needed.length > 0 && (
          <p class="notice small" role="status">
            {words.more.needed(needed.map(({ name }) => fieldLabel(name, words.fields)).join(', '))}
          </p>
        )}
        {model !== undefined && <MoreFields model={model} own={own} needed={needed.length > 0} />}
      </div>
      <SendRow ready={ready} />
    </form>
  )
}

function SendRow({ ready }: { readonly ready: boolean }): JSX.Element {
  const words = useWords()
  const { coded } = useStudio()
  const [order] = useOrder()
  return (
    <div class="composer-send">
      <button type="submit" class="button primary wide" disabled={!ready} title={words.prompt.hint}>
        {order.sources.length > 0 ? words.prompt.edit : words.prompt.generate}
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

function PromptField({ edits }: { readonly edits: boolean }): JSX.Element {
  const words = useWords().prompt
  const [{ prompt }, change] = useOrder()
  const id = useId()
  return (
    <div class="field">
      <label class="label" for={id}>
        {edits ? words.editLabel : words.label}
      </label>
      <textarea
        id={id}
        name="prompt"
        class="input prompt"
        rows={4}
        maxLength={32_000}
        placeholder={edits ? words.editPlaceholder : words.placeholder}
        value={prompt}
        onInput={({ currentTarget }) => {
          change({ prompt: currentTarget.value })
        }}
      />
    </div>
  )
}
