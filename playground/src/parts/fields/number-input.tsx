import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { toNumber, type NumberControl } from '../../lib/own-fields.ts'

/**
 * A number. It counts from its first digit on, so that an order sent with the keyboard has it; what is being
 * written stays as it is, such as `7.0` on its way to `7.05`, until the field is left.
 */
export function NumberInput(props: {
  readonly id: string
  readonly control: NumberControl
  readonly value: number | undefined
  readonly placeholder?: string
  /** Is told numbers as the field takes them; undefined: none. */
  readonly onSet: (value: number | undefined) => void
}): JSX.Element {
  const { control, value } = props
  const [draft, setDraft] = useState<string>()
  return (
    <input
      id={props.id}
      class="input"
      type="number"
      min={control.min}
      max={control.max}
      step={control.whole ? 1 : 'any'}
      placeholder={props.placeholder}
      value={draft ?? String(value ?? '')}
      onInput={({ currentTarget }) => {
        setDraft(currentTarget.value)
        props.onSet(toNumber(currentTarget.value, control))
      }}
      onBlur={() => {
        setDraft(undefined)
      }}
    />
  )
}
