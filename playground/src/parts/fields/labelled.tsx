import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'

/** A small label above what it names. */
export function Labelled(props: {
  readonly label: string
  /** Beside the label, such as a range. */
  readonly hint?: string
  readonly title?: string
  readonly children: (id: string) => ComponentChildren
}): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label class="small muted labelled" for={id} title={props.title}>
        {props.label}
        {props.hint !== undefined && props.hint !== '' && <span class="numbers">{props.hint}</span>}
      </label>
      {props.children(id)}
    </div>
  )
}
