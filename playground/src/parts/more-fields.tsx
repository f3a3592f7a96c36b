import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

import type { Model } from '../api/schemas.ts'
import { useOrder, useWords } from '../state/studio.ts'

/** What most orders leave to the model. */
export function MoreFields({ model }: { readonly model: Model }): JSX.Element {
  const words = useWords().more
  const [order, change] = useOrder()
  return (
    <details class="fold more">
      <summary>{words.label}</summary>
      <div class="stack">
        <div class="pair">
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
        <LiveField />
      </div>
    </details>
  )
}

function Labelled(props: {
  readonly label: string
  readonly children: (id: string) => ComponentChildren
}): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label class="small muted" for={id}>
        {props.label}
      </label>
      {props.children(id)}
    </div>
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
