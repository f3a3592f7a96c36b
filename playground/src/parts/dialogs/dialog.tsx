import type { ComponentChildren, JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'

import { Icon } from '../icons.tsx'

/** A dialog above the page. The browser keeps the focus in it, closes it with Escape, and gives the focus back. */
export function Dialog(props: {
  readonly title: string
  readonly closeLabel: string
  readonly kind: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}): JSX.Element {
  const { onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  // Before it is drawn: what is typed at once is meant for it.
  useLayoutEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      class={`dialog ${props.kind}`}
      aria-labelledby={title}
      onClose={onClose}
      onClick={({ target }) => {
        // Beside it.
        if (target === dialog.current) dialog.current?.close()
      }}
    >
      <div class="dialog-inside">
        <header class="dialog-head">
          <h2 id={title}>{props.title}</h2>
          <button
            type="button"
            class="button quiet square"
            aria-label={props.closeLabel}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        {props.children}
      </div>
    </dialog>
  )
}
