import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

import { useOrder, useWords } from '../state/studio.ts'
import { Icon } from './icons.tsx'

const MOST = 10

/** How many pictures are made at once. */
export function CountField(): JSX.Element {
  const words = useWords().count
  const [{ count }, change] = useOrder()
  const id = useId()
  const to = (value: number): void => {
    change({ count: Math.min(Math.max(Math.trunc(value) || 1, 1), MOST) })
  }
  return (
    <div class="field row">
      <label class="label" for={id}>
        {words.label}
      </label>
      <div class="stepper">
        <button
          type="button"
          class="button square"
          aria-label={words.fewer}
          disabled={count <= 1}
          onClick={() => {
            to(count - 1)
          }}
        >
          <Icon name="less" />
        </button>
        <input
          id={id}
          class="input"
          type="number"
          min={1}
          max={MOST}
          value={count}
          onChange={({ currentTarget }) => {
            to(currentTarget.valueAsNumber)
          }}
        />
        <button
          type="button"
          class="button square"
          aria-label={words.more}
          disabled={count >= MOST}
          onClick={() => {
            to(count + 1)
          }}
        >
          <Icon name="add" />
        </button>
      </div>
    </div>
  )
}
