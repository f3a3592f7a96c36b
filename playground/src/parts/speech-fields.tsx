import type { JSX } from 'preact'

import type { SpeechModel } from '../api/models.ts'
import { useOrder, useWords } from '../state/studio.ts'
import { Labelled } from './labelled.tsx'

/** Who speaks, how fast, and into what kind of file. */
export function SpeechFields({ model }: { readonly model: SpeechModel }): JSX.Element {
  const words = useWords()
  const [{ voice, speed, format }, change] = useOrder()
  return (
    <div class="pair">
      {model.voices.length > 0 && (
        <Choice
          label={words.speech.voice}
          values={model.voices}
          value={voice}
          onValue={(value) => {
            change({ voice: value })
          }}
        />
      )}
      {model.sound === 'speech' && (
        <Labelled label={words.speech.speed} hint="0.25–4">
          {(id) => (
            <input
              id={id}
              class="input"
              type="number"
              min={0.25}
              max={4}
              step="any"
              placeholder="1"
              value={speed}
              onChange={({ currentTarget }) => {
                change({ speed: currentTarget.value })
              }}
            />
          )}
        </Labelled>
      )}
      {model.output_formats.length > 1 && (
        <Choice
          label={words.more.format}
          values={model.output_formats}
          value={format}
          onValue={(value) => {
            change({ format: value })
          }}
        />
      )}
    </div>
  )
}

function Choice(props: {
  readonly label: string
  readonly values: readonly string[]
  readonly value: string
  readonly onValue: (value: string) => void
}): JSX.Element {
  const words = useWords().more
  return (
    <Labelled label={props.label}>
      {(id) => (
        <select
          id={id}
          class="input"
          value={props.value}
          onChange={({ currentTarget }) => {
            props.onValue(currentTarget.value)
          }}
        >
          <option value="">{words.auto}</option>
          {props.values.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
