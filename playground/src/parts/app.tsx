import type { JSX } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

import { useStore } from '../state/store.ts'
import { useStudio, useWords, type View as ViewName } from '../state/studio.ts'
import { ChatView } from './chat-view.tsx'
import { CreateView } from './create-view.tsx'
import { Lightbox } from './dialogs/lightbox.tsx'
import { SnippetDialog } from './dialogs/snippet-dialog.tsx'
import { Header } from './header.tsx'
import { KeyPanel } from './key-panel.tsx'

/** The whole page. */
export function App(): JSX.Element {
  const { preferences, access, coded, shown, view } = useStudio()
  const shownView = useStore(view)
  const words = useWords()
  const language = useStore(preferences.language)
  const theme = useStore(preferences.theme)
  const state = useStore(access.state)
  const order = useStore(coded)
  const picture = useStore(shown)
  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset['theme'] = theme
    document.title = `${words.title} · fal-openai-worker`
  }, [language, theme, words])
  return (
    <>
      <Header />
      {state.kind === 'open' ? <View view={shownView} /> : <KeyPanel state={state} />}
      {order !== undefined && <SnippetDialog order={order} />}
      {picture !== undefined && <Lightbox {...picture} />}
    </>
  )
}

function View({ view }: { readonly view: ViewName }): JSX.Element {
  return view === 'chat' ? <ChatView /> : <CreateView />
}
