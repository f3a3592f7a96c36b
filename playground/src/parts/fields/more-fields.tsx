import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

import type { ImageModel, VideoModel } from '../../api/models.ts'
import type { OwnField } from '../../lib/own-fields.ts'
import { useModelFields, useOrder, useWords } from '../../state/studio.ts'
import { Labelled } from './labelled.tsx'
import { OwnFields } from './own-fields.tsx'

/** What most orders leave to the model. */
export function MoreFields(props: {
  readonly model: ImageModel | VideoModel
  readonly own: readonly OwnField[]
  /** Whether something stands here without which the model refuses. */
  readonly needed: boolean
}): JSX.Element {
  const { model, own, needed } = props
  const words = useWords().more
  const [order, change] = useOrder()
  const fold = useRef<HTMLDetailsElement>(null)
  useLayoutEffect(() => {
    if (needed && fold.current !== null) fold.current.open = true
  }, [needed])
  return (
    <details ref={fold} class="fold more">
      <summary>{words.label}</summary>
      <div class="stack">
        <div class="pair">
          {model.medium === 'image' && (
            <Labelled label={words.format}>
              {(id) => (
                <select
                  id={id}
                  class="input"
                  value={order.format}
                  onChange={({ currentTarget }) => {
                    change({ format: currentTarget.value })
                  }}
                >
                  <option value="">{words.auto}</option>
                  {model.output_formats.map((format) => (
                    <option key={format}>{format}</option>
                  ))}
                </select>
              )}
            </Labelled>
          )}
          <Labelled label={words.seed}>
            {(id) => (
              <input
                id={id}
                class="input"
                inputMode="numeric"
                placeholder={words.anySeed}
                value={order.seed}
                onInput={({ currentTarget }) => {
                  change({ seed: currentTarget.value.replaceAll(/\D/g, '').slice(0, 16) })
                }}
              />
            )}
          </Labelled>
        </div>
        <NegativeField model={model} />
        {own.length > 0 && <OwnFields fields={own} />}
        {model.medium === 'image' && <LiveField />}
      </div>
    </details>
  )
}

function NegativeField(props: { readonly model: ImageModel | VideoModel }): JSX.Element | null {
  const { model } = props
  const words = useWords().more
  const [order, change] = useOrder()
  const fields = useModelFields(
    model.id,
    model.medium === 'image' && order.sources.length > 0 ? 'edit' : 'make',
  )
  if (fields?.some(({ name }) => name === 'negative_prompt') === false) return null
  return (
    <Labelled label={words.negative}>
      {(id) => (
        <input
          id={id}
          class="input"
          placeholder={words.negativePlaceholder}
          value={order.negativePrompt}
          onInput={({ currentTarget }) => {
            change({ negativePrompt: currentTarget.value })
          }}
        />
      )}
    </Labelled>
  )
}

function LiveField(): JSX.Element {
  const words = useWords().more
  const [{ live }, change] = useOrder()
  return (
    <label class="check">
      <input
        type="checkbox"
        name="live"
        checked={live}
        onChange={() => {
          change({ live: !live })
        }}
      />
      <span>
        {words.live}
        <small class="muted">{words.liveWhy}</small>
      </span>
    </label>
  )
}
