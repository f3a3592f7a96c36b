import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import type { Model } from '../api/schemas.ts'
import { fieldLabel } from '../lib/field-label.ts'
import { toOwnFields } from '../lib/own-fields.ts'
import { useModelFields, useWords } from '../state/studio.ts'

/** Who goes through the list with the arrow keys asks the gateway for the last one only. */
const RESTING_MS = 200

/** What one model of the list takes, in full. */
export function ModelTakes({ model }: { readonly model: Model }): JSX.Element {
  const words = useWords()
  const { id, sizes, output_formats: formats } = model
  const [rested, setRested] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(id)
    }, RESTING_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [id])
  const fields = useModelFields(rested, 'make')
  const own = rested === id ? toOwnFields(fields ?? []) : []
  const rows = [
    [words.model.sizes, sizes.map((size) => (size === ANY ? words.model.anySize : size))],
    [words.model.formats, formats],
    [words.model.fields, own.map(({ name }) => fieldLabel(name, words.fields))],
  ] as const
  return (
    <dl class="model-takes small">
      {rows.map(([label, values]) => (
        <div key={label}>
          <dt class="muted">{label}</dt>
          <dd>{values.join(', ') || '–'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Stands in the list of sizes for any pixels. */
const ANY = 'WIDTHxHEIGHT'
