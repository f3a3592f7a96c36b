import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'

import { transcriptFormat } from '../../api/audio-request.ts'
import type { Model } from '../../api/models.ts'
import { useModel, useOrder, useWords } from '../../state/studio.ts'
import type { Order } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { ModelDialog } from './model-dialog.tsx'
import { ModelFacts } from './model-facts.tsx'

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
          onVideo={order.video !== undefined}
          onChoose={(chosen) => {
            change({ model: chosen.id, ...fitted(chosen, order) })
          }}
          onClose={() => {
            setOpen(false)
          }}
        />
      )}
    </div>
  )
}

/** What the next model need not know is let go, and what it makes has not. */
function fitted(model: Model, order: Order): Partial<Order> {
  const { medium } = model
  const ofVideo = { seconds: '', sound: undefined, lastFrame: undefined, video: undefined }
  const common = { medium, resolution: '', seconds: '', sound: undefined, voice: '', format: '' }
  switch (medium) {
    case 'image': {
      const format = order.medium === 'image' ? order.format : ''
      return { ...common, ...ofVideo, size: keptSize(order.size, model), format }
    }
    case 'video': {
      const takesOne = model.inputs.includes('first_frame')
      const sources = takesOne ? order.sources.slice(0, 1) : order.sources
      const lastFrame = model.inputs.includes('last_frame') ? order.lastFrame : undefined
      const size = keptSize(order.size, model)
      return { ...common, size, sources, lastFrame, mask: undefined }
    }
    case 'speech':
      return { ...common, ...ofVideo, sources: [], mask: undefined, size: '' }
    case 'transcript': {
      const format = transcriptFormat(model)
      return { ...common, ...ofVideo, sources: [], mask: undefined, size: '', format }
    }
  }
}

/** A size that the next model does not offer is let go. */
function keptSize(size: string, { sizes }: { readonly sizes: readonly string[] }): string {
  return sizes.includes(size) || sizes.includes('WIDTHxHEIGHT') ? size : ''
}
