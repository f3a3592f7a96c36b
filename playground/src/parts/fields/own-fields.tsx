import type { JSX } from 'preact'

import { fieldLabel } from '../../lib/field-label.ts'
import { toNumber, type Control, type OwnField } from '../../lib/own-fields.ts'
import { useStore } from '../../state/store.ts'
import { useStudio, useWords } from '../../state/studio.ts'
import type { ExtraValue } from '../../state/works/work.ts'
import { Labelled } from './labelled.tsx'
import { NumberInput } from './number-input.tsx'

/** What only the chosen model takes, asked for as its kind wants it. */
export function OwnFields({ fields }: { readonly fields: readonly OwnField[] }): JSX.Element {
  const words = useWords()
  const { order } = useStudio().preferences
  const { extra } = useStore(order)
  const set = (name: string, value: ExtraValue | undefined): void => {
    order.change((old) => {
      const { [name]: _, ...others } = old.extra
      return { ...old, extra: value === undefined ? others : { ...old.extra, [name]: value } }
    })
  }
  return (
    <div class="pair" role="group" aria-label={words.more.own}>
      {fields.map(({ name, required, control }) => (
        <Labelled
          key={name}
          label={fieldLabel(name, words.fields) + (required ? ' *' : '')}
          hint={rangeOf(control)}
          title={name}
        >
          {(id) => (
            <OwnControl
              id={id}
              control={control}
              value={extra[name]}
              onSet={(value) => {
                set(name, value)
              }}
            />
          )}
        </Labelled>
      ))}
    </div>
  )
}

/** `1–20`, `≤ 4`; empty: nothing is known of it. */
function rangeOf(control: Control): string {
  if (control.kind !== 'number') return ''
  const { min, max } = control
  if (min !== undefined && max !== undefined) return `${min}–${max}`
  if (min !== undefined) return `≥ ${min}`
  return max === undefined ? '' : `≤ ${max}`
}

interface Props<Kind extends Control> {
  readonly id: string
  readonly control: Kind
  readonly value: ExtraValue | undefined
  readonly onSet: (value: ExtraValue | undefined) => void
}

function OwnControl({ control, ...rest }: Props<Control>): JSX.Element {
  const words = useWords().more
  switch (control.kind) {
    case 'choice':
      return <Choice control={control} {...rest} />
    case 'number':
      return (
        <NumberInput
          {...rest}
          control={control}
          placeholder={words.auto}
          value={toNumber(String(rest.value ?? ''), control)}
        />
      )
    case 'text':
      return (
        <input
          id={rest.id}
          class="input"
          maxLength={control.most}
          value={String(rest.value ?? '')}
          onInput={({ currentTarget: { value } }) => {
            rest.onSet(value === '' ? undefined : value)
          }}
        />
      )
  }
}

function Choice({
  id,
  control: { values },
  value,
  onSet,
}: Props<Extract<Control, { kind: 'choice' }>>): JSX.Element {
  const words = useWords().more
  const nameOf = (one: ExtraValue): string => {
    if (typeof one !== 'boolean') return String(one)
    return one ? words.on : words.off
  }
  return (
    <select
      id={id}
      class="input"
      value={String(value ?? '')}
      onChange={({ currentTarget }) => {
        onSet(values.find((one) => String(one) === currentTarget.value))
      }}
    >
      <option value="">{words.auto}</option>
      {values.map((one) => (
        <option key={one} value={String(one)}>
          {nameOf(one)}
        </option>
      ))}
    </select>
  )
}
