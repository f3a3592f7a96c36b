import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'

import type { Access } from '../state/access.ts'
import { useStudio, useWords } from '../state/studio.ts'
import { Icon } from './icons.tsx'

type Closed = Exclude<Access, { readonly kind: 'open' }>

/** Asks for the access key, and says what to do where there is none or a wrong one. */
export function KeyPanel({ state }: { readonly state: Closed }): JSX.Element {
  const words = useWords()
  const { access } = useStudio()
  const asksKey = state.kind === 'missing' || state.kind === 'wrong'
  return (
    <main class="gate">
      <section class="card gate-card" aria-labelledby="gate-title">
        <span class="gate-mark">
          <Icon name="key" />
        </span>
        <h2 id="gate-title">{words.key.title}</h2>
        <p role="status" class={state.kind === 'missing' ? 'muted' : 'notice'}>
          {sayOf(state, words.key)}
        </p>
        {state.kind === 'unconfigured' && <Mending message={state.message} />}
        {asksKey && <KeyForm wrong={state.kind === 'wrong'} />}
        {(state.kind === 'unreachable' || state.kind === 'unconfigured') && (
          <button type="button" class="button primary" onClick={() => void access.check()}>
            {words.key.retry}
          </button>
        )}
      </section>
    </main>
  )
}

function sayOf(state: Closed, words: ReturnType<typeof useWords>['key']): string {
  switch (state.kind) {
    case 'checking':
      return words.checking
    case 'missing':
      return words.missing
    case 'wrong':
      return words.wrong
    case 'unconfigured':
      return `${words.unconfigured} ${state.message}`
    case 'unreachable':
      return words.unreachable
  }
}

/** How to mend what the message names: a secret by a command, any other variable where it stands. */
function Mending({ message }: { readonly message: string }): JSX.Element {
  const words = useWords().key
  const name = /\b[A-Z]{2,}(?:_[A-Z]+)*\b/.exec(message)?.[0] ?? 'WORKER_ACCESS_KEY'
  if (!/KEY|SECRET/.test(name)) return <p>{words.mendVariable(name)}</p>
  return (
    <>
      <p>{words.setSecret}</p>
      <pre class="command">{`npx wrangler secret put ${name}`}</pre>
    </>
  )
}

const SEEN = { type: 'text' } as const
const HIDDEN = { type: 'password' } as const

function KeyForm({ wrong }: { readonly wrong: boolean }): JSX.Element {
  const words = useWords().key
  const { preferences, access } = useStudio()
  const [key, setKey] = useState(preferences.accessKey.get())
  const [seen, setSeen] = useState(false)
  const id = useId()
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        const same = key.trim() === preferences.accessKey.get()
        preferences.accessKey.set(key.trim())
        if (same) void access.check()
      }}
    >
      <label class="field" for={id}>
        <span class="label">{words.label}</span>
        <input
          id={id}
          class="input"
          {...(seen ? SEEN : HIDDEN)}
          autocomplete="current-password"
          spellcheck={false}
          required
          aria-invalid={wrong}
          aria-describedby={`${id}-why`}
          value={key}
          onInput={({ currentTarget }) => {
            setKey(currentTarget.value)
          }}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={seen}
          onChange={() => {
            setSeen(!seen)
          }}
        />
        {words.show}
      </label>
      <p id={`${id}-why`} class="muted small">
        {words.why}
      </p>
      <button type="submit" class="button primary">
        {words.save}
      </button>
    </form>
  )
}
