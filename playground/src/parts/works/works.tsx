import type { JSX } from 'preact'

import { useStore } from '../../state/store.ts'
import { useOrder, useStudio, useWords } from '../../state/studio.ts'
import type { Work } from '../../state/works/work.ts'
import { WorkCard } from './work-card.tsx'

/** The gallery: what is being made and what was made, newest first. */
export function Works(): JSX.Element {
  const words = useWords()
  const works = useStore(useStudio().gallery.works)
  return (
    <section class="works" id="works" aria-label={words.work.list} tabIndex={-1}>
      <p class="hidden-text" role="status">
        {tellLatest(works, words)}
      </p>
      {works.length === 0 ? (
        <Empty />
      ) : (
        <ul class="work-grid">
          {works.map((work) => (
            <WorkCard key={work.id} work={work} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** What a screen reader says when it changes: never the seconds, which would be without end. */
function tellLatest(works: readonly Work[], { work }: ReturnType<typeof useWords>): string {
  const [latest] = works
  if (latest === undefined) return ''
  switch (latest.state.kind) {
    case 'sending':
      return work.sending
    case 'queued':
      return work.queued
    case 'running':
      return work.running
    case 'done':
      // Not for what was made before this visit.
      return latest.order.medium === 'image'
        ? work.done(latest.state.pictures.length)
        : work.ready[latest.order.medium]
    case 'failed':
      return work.failed[latest.order.medium]
    case 'stopped':
      return work.stopped
  }
}

function Empty(): JSX.Element {
  const words = useWords().empty
  const [, change] = useOrder()
  return (
    <div class="empty">
      <svg viewBox="0 0 240 150" aria-hidden="true">
        <rect class="empty-back" x="8" y="22" width="92" height="116" rx="12" />
        <rect class="empty-back" x="140" y="22" width="92" height="116" rx="12" />
        <rect class="empty-front" x="52" y="8" width="136" height="120" rx="14" />
        <circle class="empty-sun" cx="154" cy="42" r="12" />
        <path
          class="empty-hill"
          d="M53 104l35-42 28 32 18-18 53 46a13 13 0 0 1-13 5H66a13 13 0 0 1-13-13z"
        />
      </svg>
      <h2>{words.title}</h2>
      <p class="muted">{words.text}</p>
      <p class="muted small">{words.try}</p>
      <ul class="examples">
        {words.examples.map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              class="button"
              onClick={() => {
                change({ prompt })
              }}
            >
              {prompt}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
