import type { JSX } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'

import type { Model } from '../../api/models.ts'
import { searchModels } from '../../lib/search-models.ts'
import { useWords } from '../../state/studio.ts'
import { Dialog } from '../dialogs/dialog.tsx'
import { ModelFacts } from './model-facts.tsx'
import { Filters, passes, type Filter } from './model-filters.tsx'
import { ModelTakes } from './model-takes.tsx'

/** As many as one looks through. */
const MOST_SHOWN = 60

/** How far a key goes through the list; 0 chooses. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Enter: 0 }

interface Props {
  readonly models: readonly Model[]
  readonly chosen: string
  /** Whether one that works on pictures is looked for. */
  readonly edits: boolean
  /** Whether one that works on a video is looked for. */
  readonly onVideo: boolean
  readonly onChoose: (model: Model) => void
  readonly onClose: () => void
}

/** All models of the gateway, to search and choose from: the ARIA pattern "combobox with a list". */
export function ModelDialog(props: Props): JSX.Element {
  const { models, chosen, edits, onVideo, onChoose, onClose } = props
  const words = useWords().model
  const [text, setText] = useState('')
  const [filter, setFilter] = useState<Filter>({
    medium: onVideo ? 'video' : undefined,
    onlyEdits: edits || onVideo,
  })
  const [active, setActive] = useState(0)
  const id = useId()
  const found = searchModels(models, text).filter((model) => passes(model, filter, onVideo))
  const shown = found.slice(0, MOST_SHOWN)
  const looked = shown[active]
  const choose = (model: Model | undefined): void => {
    if (model === undefined) return
    onChoose(model)
    onClose()
  }
  return (
    <Dialog title={words.label} closeLabel={words.close} kind="models" onClose={onClose}>
      <SearchField
        list={`${id}-list`}
        row={shown.length > 0 ? `${id}-${active}` : undefined}
        text={text}
        onText={(typed) => {
          setText(typed)
          setActive(0)
        }}
        onStep={(step) => {
          if (step === 0) choose(looked)
          else setActive(Math.min(Math.max(active + step, 0), shown.length - 1))
        }}
      />
      <Filters
        models={models}
        found={found.length}
        filter={filter}
        onFilter={(changed) => {
          setFilter(changed)
          setActive(0)
        }}
      />
      <Rows
        id={id}
        models={shown}
        chosen={chosen}
        active={active}
        onActive={setActive}
        onChoose={choose}
      />
      {looked !== undefined && <ModelTakes model={looked} />}
      {found.length > shown.length && (
        <p class="muted small">{words.more(found.length - shown.length)}</p>
      )}
    </Dialog>
  )
}

function SearchField(props: {
  readonly list: string
  /** The row that Enter takes; undefined: none is shown. */
  readonly row: string | undefined
  readonly text: string
  readonly onText: (text: string) => void
  readonly onStep: (step: number) => void
}): JSX.Element {
  const words = useWords().model
  return (
    <input
      class="input"
      type="text"
      role="combobox"
      autofocus
      aria-label={words.search}
      placeholder={words.search}
      aria-expanded="true"
      aria-controls={props.list}
      aria-activedescendant={props.row}
      value={props.text}
      onInput={({ currentTarget }) => {
        props.onText(currentTarget.value)
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key]
        if (step === undefined) return
        event.preventDefault()
        props.onStep(step)
      }}
    />
  )
}

function Rows(props: {
  readonly id: string
  readonly models: readonly Model[]
  readonly chosen: string
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onChoose: (model: Model) => void
}): JSX.Element {
  const words = useWords().model
  return (
    <ul class="model-list" id={`${props.id}-list`} role="listbox" aria-label={words.label}>
      {props.models.map((model, index) => (
        <ModelRow
          key={model.id}
          id={`${props.id}-${index}`}
          model={model}
          chosen={model.id === props.chosen}
          active={index === props.active}
          onActive={() => {
            props.onActive(index)
          }}
          onChoose={props.onChoose}
        />
      ))}
    </ul>
  )
}

function ModelRow(props: {
  readonly id: string
  readonly model: Model
  readonly chosen: boolean
  readonly active: boolean
  readonly onActive: () => void
  readonly onChoose: (model: Model) => void
}): JSX.Element {
  const row = useRef<HTMLLIElement>(null)
  useLayoutEffect(() => {
    if (props.active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [props.active])
  const { model } = props
  return (
    <li
      ref={row}
      id={props.id}
      role="option"
      class={props.active ? 'model-row active' : 'model-row'}
      aria-selected={props.chosen}
      onMouseMove={props.onActive}
      onClick={() => {
        props.onChoose(model)
      }}
    >
      <span class="model-name">{model.id}</span>
      {model.endpoint !== model.id && <span class="mono muted small">{model.endpoint}</span>}
      <ModelFacts model={model} />
    </li>
  )
}
