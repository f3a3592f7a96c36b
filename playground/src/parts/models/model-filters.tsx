import type { JSX } from 'preact'

import { MEDIA, type Medium, type Model } from '../../api/models.ts'
import { takesImages } from '../../lib/takes.ts'
import { useWords } from '../../state/studio.ts'

/** Which models are looked for. */
export interface Filter {
  /** undefined: of any. */
  readonly medium: Medium | undefined
  /** Those that work on what is given. */
  readonly onlyEdits: boolean
}

/** @param onVideo whether a video is given, not a picture */
export function passes(model: Model, { medium, onlyEdits }: Filter, onVideo: boolean): boolean {
  if (medium !== undefined && model.medium !== medium) return false
  // Sound is never made of pictures or videos: who looks for it has left them.
  if (medium === 'speech' || medium === 'transcript') return true
  return !onlyEdits || (onVideo ? model.medium === 'video' && model.edit : takesImages(model))
}

/** Narrows the list down, and says how long it is. */
export function Filters(props: {
  readonly models: readonly Model[]
  readonly found: number
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}): JSX.Element {
  const { filter, onFilter } = props
  return (
    <>
      <MediumFilter
        models={props.models}
        medium={filter.medium}
        onMedium={(medium) => {
          onFilter({ ...filter, medium })
        }}
      />
      <FilterRow
        found={props.found}
        onlyEdits={filter.onlyEdits}
        onOnlyEdits={(onlyEdits) => {
          onFilter({ ...filter, onlyEdits })
        }}
      />
    </>
  )
}

/** What is to be made; undefined: anything. What no model makes is not offered. */
function MediumFilter(props: {
  readonly models: readonly Model[]
  readonly medium: Medium | undefined
  readonly onMedium: (medium: Medium | undefined) => void
}): JSX.Element {
  const words = useWords().model
  const there = MEDIA.filter((one) => props.models.some(({ medium }) => medium === one))
  const all = [undefined, ...there]
  return (
    <div class="segments" role="group" aria-label={words.makes} hidden={there.length < 2}>
      {all.map((one) => (
        <button
          key={one ?? ''}
          type="button"
          class="segment"
          aria-pressed={one === props.medium}
          onClick={() => {
            props.onMedium(one)
          }}
        >
          {one === undefined ? words.anyMedium : words.kinds[one]}
        </button>
      ))}
    </div>
  )
}

function FilterRow(props: {
  readonly found: number
  readonly onlyEdits: boolean
  readonly onOnlyEdits: (only: boolean) => void
}): JSX.Element {
  const words = useWords().model
  return (
    <div class="row">
      <label class="check">
        <input
          type="checkbox"
          checked={props.onlyEdits}
          onChange={() => {
            props.onOnlyEdits(!props.onlyEdits)
          }}
        />
        {words.onlyEdits}
      </label>
      <span class="muted small" role="status">
        {props.found === 0 ? words.none : words.found(props.found)}
      </span>
    </div>
  )
}
