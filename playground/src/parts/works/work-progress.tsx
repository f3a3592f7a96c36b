import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { ratioOf } from '../../lib/ratios.ts'
import { useStudio, useWords } from '../../state/studio.ts'
import type { Work } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { useObjectUrl } from './use-object-url.ts'

/** A work under way: where it stands, for how long, and how to stop it. */
export function WorkProgress({ work }: { readonly work: Work }): JSX.Element {
  const words = useWords().work
  const { gallery } = useStudio()
  const [stopping, setStopping] = useState(false)
  const { state, order } = work
  const progress = state.kind === 'running' ? state.progress : undefined
  const url = useObjectUrl(work.partials.at(-1))
  return (
    <div class="progress">
      <div class="progress-area" style={{ aspectRatio: String(ratioOf(order.size) ?? 1) }}>
        {url !== undefined && <img class="partial" src={url} alt="" />}
        <span
          class="progress-bar"
          data-running={state.kind === 'running' && progress === undefined}
        >
          {progress !== undefined && <span style={{ width: `${progress}%` }} />}
        </span>
      </div>
      <div class="progress-line">
        <span class="progress-say">
          <strong>{sayOf(work, words)}</strong>
          {state.kind === 'queued' && state.ahead !== undefined && (
            <span class="muted">{state.ahead > 0 ? words.ahead(state.ahead) : words.next}</span>
          )}
          {progress !== undefined && <span class="muted numbers">{progress} %</span>}
          <Elapsed since={work.createdAt} />
        </span>
        <button
          type="button"
          class="button"
          disabled={stopping}
          onClick={() => {
            setStopping(true)
            gallery.stop(work)
          }}
        >
          <Icon name="stop" />
          {stopping ? words.stopping : words.stop}
        </button>
      </div>
    </div>
  )
}

function sayOf({ state }: Work, words: ReturnType<typeof useWords>['work']): string {
  if (state.kind === 'sending') return words.sending
  return state.kind === 'queued' ? words.queued : words.running
}

/** Seconds so far. */
function Elapsed({ since }: { readonly since: number }): JSX.Element {
  const words = useWords().work
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
    }, 500)
    return () => {
      clearInterval(timer)
    }
  }, [])
  const seconds = Math.max(0, Math.floor((now - since) / 1000))
  return <span class="muted numbers">{words.seconds(String(seconds))}</span>
}
