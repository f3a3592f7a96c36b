import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import type { Model } from '../../api/models.ts'
import { fieldLabel } from '../../lib/field-label.ts'
import { toOwnFields } from '../../lib/own-fields.ts'
import { useModelFields, useWords } from '../../state/studio.ts'
import type { Words } from '../../words/en.ts'

/** Who goes through the list with the arrow keys asks the gateway for the last one only. */
const RESTING_MS = 200

/** What one model of the list takes, in full. */
export function ModelTakes({ model }: { readonly model: Model }): JSX.Element {
  const words = useWords()
  const { id } = model
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
    ...takenBy(model, words.model),
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

function takenBy(
  model: Model,
  words: Words['model'],
): readonly (readonly [string, readonly string[]])[] {
  if (model.medium === 'transcript') return []
  if (model.medium === 'speech') {
    return [
      [words.voicesOf, model.voices],
      [words.formats, model.output_formats],
    ]
  }
  const sizes = model.sizes.map((size) => (size === ANY ? words.anySize : size))
  const row = [words.sizes, sizes] as const
  if (model.medium === 'image') return [row, [words.formats, model.output_formats]]
  return [row, [words.resolutions, model.resolutions]]
}

/** Stands in the list of sizes for any pixels. */
const ANY = 'WIDTHxHEIGHT'
