import type { JSX } from 'preact'

import { useOrder, useWords } from '../../state/studio.ts'
import type { OldVideo } from '../../state/works/work.ts'

/** Which video is worked on, and the way back to a new one. */
export function OldVideoNote({ video }: { readonly video: OldVideo }): JSX.Element {
  const words = useWords()
  const [, change] = useOrder()
  return (
    <p class="row small notice">
      <span>
        {words.video.working[video.how]} <q>{video.name}</q>
      </span>
      <button
        type="button"
        class="button quiet"
        onClick={() => {
          change({ video: undefined })
        }}
      >
        {words.video.fresh}
      </button>
    </p>
  )
}
