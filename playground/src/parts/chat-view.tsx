import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

import { wordsOf, type Turn } from '../state/chat/turn.ts'
import { useStore } from '../state/store.ts'
import { useModels, useOrder, useStudio, useWords } from '../state/studio.ts'
import { Icon } from './icons.tsx'
import { ModelField } from './models/model-field.tsx'
import { useListedModel } from './models/use-listed-model.ts'
import { ImageTools } from './works/image-tile.tsx'
import { useObjectUrl } from './works/use-object-url.ts'

/** Pictures made by talking: each message changes the last one. */
export function ChatView(): JSX.Element {
  const words = useWords().chat
  const { chat } = useStudio()
  const turns = useStore(chat.turns)
  const models = useModels().filter(({ medium }) => medium === 'image')
  useListedModel(models)
  const end = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => end.current?.scrollIntoView({ block: 'end' }), [turns])
  return (
    <main class="chat">
      <div class="chat-top">
        <ModelField models={models} />
        <button
          type="button"
          class="button"
          disabled={turns.length === 0}
          onClick={() => {
            chat.clear()
          }}
        >
          {words.fresh}
        </button>
      </div>
      {turns.length === 0 ? (
        <div class="empty">
          <h2>{words.title}</h2>
          <p class="muted">{words.text}</p>
        </div>
      ) : (
        <ol class="turns" aria-label={words.list}>
          {turns.map((turn) => (
            <TurnItem key={turn.id} turn={turn} />
          ))}
        </ol>
      )}
      <ChatForm first={turns.length === 0} />
      <div ref={end} />
    </main>
  )
}

function TurnItem({ turn }: { readonly turn: Turn }): JSX.Element {
  const words = useWords()
  return (
    <li class={`turn ${turn.role}`}>
      <span class="hidden-text">{turn.role === 'user' ? words.chat.you : words.chat.model}</span>
      {turn.pictures.map((blob, place) => (
        <ChatImage key={place} blob={blob} name={`chat-${place + 1}`} />
      ))}
      {turn.failure === undefined ? <TurnWords turn={turn} /> : <TurnFailure {...turn.failure} />}
    </li>
  )
}

function TurnWords({ turn }: { readonly turn: Turn }): JSX.Element {
  const words = useWords().work
  const stopping = useStore(useStudio().chat.stopping)
  const isDone = turn.pictures.length > 0
  const said = wordsOf(turn)
  const standing = turn.progress.trim().split('\n').at(-1) || (said === '' ? words.running : '')
  return (
    <>
      {!turn.ended && (
        <p class="muted small progress-words" role="status">
          {stopping ? words.stopping : standing}
        </p>
      )}
      {/* That it was being made is of no interest any more. */}
      {said !== '' && <p class="turn-words">{isDone ? said.split('\n\n').at(-1) : said}</p>}
    </>
  )
}

function TurnFailure({ message, code }: NonNullable<Turn['failure']>): JSX.Element {
  const words = useWords()
  const help = Object.entries(words.help).find(([name]) => name === code)?.[1]
  return (
    <div class="notice" role="alert">
      {help !== undefined && <p>{help}</p>}
      {message !== '' && <p class="small">{message}</p>}
    </div>
  )
}

function ChatImage({ blob, name }: { readonly blob: Blob; readonly name: string }): JSX.Element {
  const words = useWords().work
  const { view } = useStudio()
  const url = useObjectUrl(blob)
  return (
    <figure class="tile">
      <img src={url} alt={words.list} />
      <ImageTools
        blob={blob}
        name={name}
        onDone={() => {
          view.set('create')
        }}
      />
    </figure>
  )
}

function ChatForm({ first }: { readonly first: boolean }): JSX.Element {
  const words = useWords().chat
  const { chat } = useStudio()
  const [{ model }] = useOrder()
  const busy = useStore(chat.busy)
  const [text, setText] = useState('')
  const send = (): void => {
    if (busy || text.trim() === '' || model === '') return
    chat.send(model, text.trim())
    setText('')
  }
  return (
    <form
      class="chat-form card"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        class="input"
        rows={1}
        aria-label={words.label}
        placeholder={first ? words.placeholder : words.followUp}
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
        }}
        onKeyDown={(event) => {
          // While a word is being composed, as in Chinese, Enter belongs to the word.
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      <button
        type={busy ? 'button' : 'submit'}
        class="button primary square"
        title={busy ? words.stop : words.send}
        aria-label={busy ? words.stop : words.send}
        onClick={() => {
          if (busy) chat.stop()
        }}
      >
        <Icon name={busy ? 'stop' : 'send'} />
      </button>
    </form>
  )
}
