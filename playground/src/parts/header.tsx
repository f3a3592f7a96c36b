import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import type { Theme } from '../state/preferences.ts'
import { useStore } from '../state/store.ts'
import { useStudio, useWords } from '../state/studio.ts'
import { AboutDialog } from './dialogs/about-dialog.tsx'
import { Icon } from './icons.tsx'

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' }
const THEME_ICONS = { auto: 'half', light: 'sun', dark: 'moon' } as const

/** The name, and what holds everywhere: language, theme, key. */
export function Header(): JSX.Element {
  const { preferences, access } = useStudio()
  const words = useWords()
  const theme = useStore(preferences.theme)
  const state = useStore(access.state)
  const [about, setAbout] = useState(false)
  return (
    <>
      <header class="header">
        <h1 class="brand">
          <img src="/favicon.svg" alt="" width="28" height="28" />
          <span>fal-openai-worker</span>
        </h1>
        {state.kind === 'open' && <Views />}
        <div class="header-tools">
          <LanguageButton />
          <Tool
            name={words.theme[theme]}
            icon={THEME_ICONS[theme]}
            onClick={() => {
              preferences.theme.change((old) => NEXT_THEME[old])
            }}
          />
          <Tool
            name={words.about.title}
            icon="info"
            onClick={() => {
              setAbout(true)
            }}
          />
          {state.kind === 'open' && (
            <Tool
              name={words.key.change}
              icon="key"
              onClick={() => {
                access.state.set({ kind: 'missing' })
              }}
            />
          )}
        </div>
      </header>
      {about && (
        <AboutDialog
          onClose={() => {
            setAbout(false)
          }}
        />
      )}
    </>
  )
}

function LanguageButton(): JSX.Element {
  const words = useWords()
  const { language } = useStudio().preferences
  return (
    <button
      type="button"
      class="button quiet"
      title={words.languageTitle}
      aria-label={words.languageTitle}
      onClick={() => {
        language.change((old) => (old === 'zh' ? 'en' : 'zh'))
      }}
    >
      {words.language}
    </button>
  )
}

function Tool(props: {
  readonly name: string
  readonly icon: Parameters<typeof Icon>[0]['name']
  readonly onClick: () => void
}): JSX.Element {
  return (
    <button
      type="button"
      class="button quiet square"
      title={props.name}
      aria-label={props.name}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
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
