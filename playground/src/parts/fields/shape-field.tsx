import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

import type { ImageModel, VideoModel } from '../../api/models.ts'
import { fit, shapesOf, takesAnyPixels, tiersOf, type Shape } from '../../lib/ratios.ts'
import { useOrder, useWords } from '../../state/studio.ts'

/** The shapes that the model offers, drawn as what they are. */
export function ShapeField(props: { readonly model: ImageModel | VideoModel }): JSX.Element {
  const { model } = props
  const words = useWords().shape
  const shapes = shapesOf(model)
  // A video's has a field of its own.
  const tiers = model.medium === 'image' ? tiersOf(model) : []
  return (
    <fieldset class="field">
      <legend class="label">{words.label}</legend>
      {shapes.length === 0 ? (
        <p class="muted small">{words.none}</p>
      ) : (
        <div class="shapes">
          {shapes.map((shape) => (
            <ShapeChip key={shape.value} shape={shape} />
          ))}
        </div>
      )}
      {takesAnyPixels(model) && <PixelsField />}
      {tiers.length > 0 && <TierField tiers={tiers} />}
    </fieldset>
  )
}

const DRAWN = 22

function ShapeChip({ shape }: { readonly shape: Shape }): JSX.Element {
  const words = useWords().shape
  const [{ size }, change] = useOrder()
  const { width, height } = fit(shape.ratio ?? 1, DRAWN)
  return (
    <label class="shape">
      <input
        type="radio"
        name="shape"
        value={shape.value}
        checked={size === shape.value}
        onChange={() => {
          change({ size: shape.value })
        }}
      />
      <svg viewBox="0 0 28 28" aria-hidden="true">
        <rect
          x={14 - width / 2}
          y={14 - height / 2}
          width={width}
          height={height}
          rx="2.5"
          stroke-dasharray={shape.ratio === undefined ? '3 3' : undefined}
        />
      </svg>
      <span>{shape.value === '' ? words.auto : shape.label}</span>
    </label>
  )
}

/** Exact pixels, in the place of a ratio. */
function PixelsField(): JSX.Element {
  const words = useWords().shape
  const [{ size }, change] = useOrder()
  const match = /^(\d*)x(\d*)$/.exec(size)
  const [width, height] = [match?.[1] ?? '', match?.[2] ?? '']
  const set = (wide: string, high: string): void => {
    change({ size: wide === '' && high === '' ? '' : `${wide}x${high}` })
  }
  return (
    <details class="fold" open={match !== null}>
      <summary>{words.exact}</summary>
      <div class="pixels">
        <Side
          label={words.width}
          value={width}
          onValue={(value) => {
            set(value, height)
          }}
        />
        <span aria-hidden="true">×</span>
        <Side
          label={words.height}
          value={height}
          onValue={(value) => {
            set(width, value)
          }}
        />
      </div>
    </details>
  )
}

function Side(props: {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
}): JSX.Element {
  return (
    <input
      class="input"
      inputMode="numeric"
      placeholder={props.label}
      aria-label={props.label}
      value={props.value}
      onInput={({ currentTarget }) => {
        props.onValue(currentTarget.value.replaceAll(/\D/g, '').slice(0, 5))
      }}
    />
  )
}

function TierField({ tiers }: { readonly tiers: readonly string[] }): JSX.Element {
  const words = useWords()
  const [{ resolution }, change] = useOrder()
  const id = useId()
  return (
    <div class="row">
      <label class="small muted" for={id}>
        {words.shape.resolution}
      </label>
      <select
        id={id}
        class="input"
        value={resolution}
        onChange={({ currentTarget }) => {
          change({ resolution: currentTarget.value })
        }}
      >
        <option value="">{words.more.auto}</option>
        {tiers.map((tier) => (
          <option key={tier} value={tier}>
            {tier}
          </option>
        ))}
      </select>
    </div>
  )
}
