import type { JSX } from 'preact'

import type { SpeechModel } from '../../api/models.ts'
import { toNumber } from '../../lib/own-fields.ts'
import { useOrder, useWords } from '../../state/studio.ts'
import { Labelled } from './labelled.tsx'
import { NumberInput } from './number-input.tsx'

/** OpenAI's range. */
const SPEED = { kind: 'number', whole: false, min: 0.25, max: 4 } as const

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
        <Labelled label={words.speech.speed} hint={`${SPEED.min}–${SPEED.max}`}>
          {(id) => (
            <NumberInput
              id={id}
              control={SPEED}
              placeholder="1"
              value={toNumber(speed, SPEED)}
              onSet={(value) => {
                change({ speed: String(value ?? '') })
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
