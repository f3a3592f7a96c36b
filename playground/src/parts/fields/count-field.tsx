import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

import { useOrder, useWords } from '../../state/studio.ts'
import { Icon } from '../icons.tsx'
import { NumberInput } from './number-input.tsx'

const MOST = 10
const COUNT = { kind: 'number', whole: true, min: 1, max: MOST } as const

/** How many pictures are made at once. */
export function CountField(): JSX.Element {
  const words = useWords().count
  const [{ count }, change] = useOrder()
  const id = useId()
  const to = (value: number): void => {
    change({ count: value })
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
        <NumberInput
          id={id}
          control={COUNT}
          value={count}
          onSet={(value) => {
            to(value ?? 1)
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
