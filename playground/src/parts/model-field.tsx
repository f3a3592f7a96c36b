import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'

import type { Model } from '../api/schemas.ts'
import { useModel, useOrder, useWords } from '../state/studio.ts'
import { Icon } from './icons.tsx'
import { ModelDialog, ModelFacts } from './model-dialog.tsx'

/** The chosen model, and the way to another. */
export function ModelField({ models }: { readonly models: readonly Model[] }): JSX.Element {
  const words = useWords().model
  const [order, change] = useOrder()
  const model = useModel()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div class="field">
      <span class="label" id={id}>
        {words.label}
      </span>
      <button
        type="button"
        class="input model-button"
        aria-haspopup="dialog"
        id={`${id}-button`}
        aria-labelledby={`${id} ${id}-button`}
        onClick={() => {
          setOpen(true)
        }}
      >
        <span class="model-text">
          <span class="model-name">{order.model}</span>
          {model !== undefined && <ModelFacts model={model} />}
        </span>
        <Icon name="down" />
      </button>
      {open && (
        <ModelDialog
          models={models}
          chosen={order.model}
          edits={order.sources.length > 0}
          onChoose={(chosen) => {
            change({ model: chosen.id, ...keptSize(order.size, chosen), resolution: '' })
          }}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </div>
  )
}

/** A size that the next model does not offer is let go. */
function keptSize(size: string, { sizes }: Model): { readonly size: string } {
  return { size: sizes.includes(size) || sizes.includes('WIDTHxHEIGHT') ? size : '' }
}
