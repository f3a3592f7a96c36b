import type { JSX } from 'preact'

import type { Theme } from '../state/preferences.ts'
import { useStore } from '../state/store.ts'
import { useStudio, useWords } from '../state/studio.ts'
import { Icon } from './icons.tsx'

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' }
const THEME_ICONS = { auto: 'half', light: 'sun', dark: 'moon' } as const

/** The name, and what holds everywhere: language, theme, key. */
export function Header(): JSX.Element {
  const { preferences, access } = useStudio()
  const words = useWords()
  const theme = useStore(preferences.theme)
  const state = useStore(access.state)
  return (
    <header class="header">
      <h1 class="brand">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        <span>fal-openai-worker</span>
      </h1>
      {state.kind === 'open' && <Views />}
      <div class="header-tools">
        <button
          type="button"
          class="button quiet"
          title={words.languageTitle}
          aria-label={words.languageTitle}
          onClick={() => {
            preferences.language.change((old) => (old === 'zh' ? 'en' : 'zh'))
          }}
        >
          {words.language}
        </button>
        <button
          type="button"
          class="button quiet square"
          title={words.theme[theme]}
          aria-label={words.theme[theme]}
          onClick={() => {
            preferences.theme.change((old) => NEXT_THEME[old])
          }}
        >
          <Icon name={THEME_ICONS[theme]} />
        </button>
        {state.kind === 'open' && (
          <button
            type="button"
            class="button quiet square"
            title={words.key.change}
            aria-label={words.key.change}
            onClick={() => {
              access.state.set({ kind: 'missing' })
            }}
          >
            <Icon name="key" />
          </button>
        )}
      </div>
    </header>
  )
}

function Views(): JSX.Element {
  const words = useWords()
  const { view } = useStudio()
  const shown = useStore(view)
  return (
    <nav class="segments views" aria-label={words.title}>
      {(['create', 'chat'] as const).map((one) => (
        <button
          key={one}
          type="button"
          class="segment"
          aria-pressed={one === shown}
          onClick={() => {
            view.set(one)
          }}
        >
          {words.views[one]}
        </button>
      ))}
    </nav>
  )
}
