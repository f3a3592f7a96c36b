import type { JSX } from 'preact'

import type { Medium } from '../../api/models.ts'
import { fieldLabel } from '../../lib/field-label.ts'
import { formatUsd } from '../../lib/format-usd.ts'
import { useStudio, useWords } from '../../state/studio.ts'
import { isUnderWay, type Work, type WorkState } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { ImageTile } from './image-tile.tsx'
import { SoundTile } from './sound-tile.tsx'
import { TranscriptTile } from './transcript-tile.tsx'
import { VideoTile } from './video-tile.tsx'
import { WorkProgress } from './work-progress.tsx'

/** One order and what became of it. */
export function WorkCard({ work }: { readonly work: Work }): JSX.Element {
  const words = useWords().work
  const { order, state, adjusted } = work
  return (
    <li class="card work" data-state={state.kind}>
      {isUnderWay(work) && <WorkProgress work={work} />}
      {state.kind === 'done' && <Made work={work} state={state} />}
      {state.kind === 'failed' && <Failure state={state} medium={order.medium} />}
      {state.kind === 'stopped' && <p class="work-say muted">{words.stopped}</p>}
      <div class="work-foot">
        <p class="work-prompt">{order.recording?.name ?? order.prompt}</p>
        <Facts work={work} />
        {adjusted !== '' && (
          <p class="muted small">
            {words.adjusted} <code>{adjusted}</code>
          </p>
        )}
        <WorkTools work={work} />
      </div>
    </li>
  )
}

/** What came of it. */
function Made(props: {
  readonly work: Work
  readonly state: Extract<WorkState, { kind: 'done' }>
}): JSX.Element {
  const { work } = props
  const { clip, speech, transcript, pictures } = props.state
  if (clip !== undefined) return <VideoTile work={work} clip={clip} />
  if (speech !== undefined) return <SoundTile work={work} blob={speech} />
  if (transcript !== undefined) return <TranscriptTile work={work} transcript={transcript} />
  return (
    <div class={pictures.length > 1 ? 'tiles several' : 'tiles'}>
      {pictures.map((_, place) => (
        <ImageTile key={place} work={work} place={place} />
      ))}
    </div>
  )
}

function Failure(props: {
  readonly state: Extract<WorkState, { kind: 'failed' }>
  readonly medium: Medium
}): JSX.Element {
  const { state, medium } = props
  const words = useWords()
  const help = Object.entries(words.help).find(([code]) => code === state.code)?.[1]
  return (
    <div class="work-say" role="alert">
      <strong>{words.work.failed[medium]}</strong>
      {help !== undefined && <p>{help}</p>}
      {state.message !== '' && <p class="muted small">{state.message}</p>}
    </div>
  )
}

function Facts({ work }: { readonly work: Work }): JSX.Element {
  const { work: words, fields } = useWords()
  const { order, state } = work
  const facts = [order.model]
  if (state.kind === 'done') {
    const [first] = state.pictures
    if (first !== undefined && first.width > 0) facts.push(`${first.width}×${first.height}`)
    const { clip } = state
    if (clip !== undefined) {
      if (clip.size !== '') facts.push(clip.size.replace('x', '×'))
      if (clip.seconds !== '') facts.push(words.long(clip.seconds))
    }
    facts.push(words.seconds(state.seconds.toFixed(1)))
    if (state.seed !== undefined) facts.push(words.seed(state.seed))
    const extra = Object.entries(order.extra)
    facts.push(...extra.map(([name, value]) => `${fieldLabel(name, fields)}: ${value}`))
    if (state.cost !== undefined) facts.push(formatUsd(state.cost))
  }
  return (
    <ul class="facts">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}

function WorkTools({ work }: { readonly work: Work }): JSX.Element {
  const words = useWords().work
  const { gallery, coded, preferences } = useStudio()
  const { order, state } = work
  const seed = state.kind === 'done' ? state.seed : undefined
  const reuse = (changes: { readonly seed?: string }): void => {
    preferences.order.set({ ...order, ...changes })
    document.querySelector('textarea')?.focus()
  }
  return (
    <div class="work-tools">
      <button
        type="button"
        class="button quiet"
        title={seed === undefined ? words.again : words.sameSeed}
        onClick={() => {
          reuse(seed === undefined ? {} : { seed })
        }}
      >
        <Icon name="again" />
        {seed === undefined ? words.again : words.sameSeed}
      </button>
      <span class="grow" />
      <button
        type="button"
        class="button quiet square"
        title={words.code}
        aria-label={words.code}
        onClick={() => {
          coded.set(order)
        }}
      >
        <Icon name="code" />
      </button>
      {!isUnderWay(work) && (
        <button
          type="button"
          class="button quiet square"
          title={words.remove}
          aria-label={words.remove}
          onClick={() => {
            gallery.remove(work)
          }}
        >
          <Icon name="remove" />
        </button>
      )}
    </div>
  )
}
