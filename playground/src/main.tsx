import { render } from 'preact'

import { createGateway } from './api/gateway.ts'
import { App } from './parts/app.tsx'
import { createAccessCheck } from './state/access.ts'
import { createChatStore } from './state/chat/chat-store.ts'
import { createChat } from './state/chat/chat.ts'
import { createModelFacts } from './state/model-facts.ts'
import { createPreferences } from './state/preferences.ts'
import { createAskPrice } from './state/quotes.ts'
import { createStore } from './state/store.ts'
import { StudioContext, type Shown, type Studio, type View } from './state/studio.ts'
import { createGalleryStore } from './state/works/gallery-store.ts'
import { createGallery } from './state/works/gallery.ts'
import type { Order } from './state/works/work.ts'

const preferences = createPreferences(localStorage, navigator.languages, location.hash)
if (location.hash !== '') history.replaceState(undefined, '', location.pathname)
const gateway = createGateway(() => preferences.accessKey.get())
const now = (): number => Date.now()
const studio: Studio = {
  gateway,
  preferences,
  access: createAccessCheck(gateway, preferences.accessKey),
  facts: createModelFacts(gateway),
  askPrice: createAskPrice(gateway),
  gallery: createGallery({ gateway, store: createGalleryStore(indexedDB), now }),
  chat: createChat({ gateway, store: createChatStore(indexedDB), now }),
  view: createStore<View>('create'),
  coded: createStore<Order | undefined>(undefined),
  shown: createStore<Shown | undefined>(undefined),
}

const root = document.querySelector('#app')
if (root !== null) {
  root.replaceChildren()
  render(
    <StudioContext.Provider value={studio}>
      <App />
    </StudioContext.Provider>,
    root,
  )
}

/** What was under way is asked for with the access key that is right, or it would seem to have failed. */
const endWatch = studio.access.state.watch(() => {
  if (studio.access.state.get().kind !== 'open') return
  endWatch()
  void studio.gallery.restore()
  void studio.chat.restore()
})
await studio.access.check()
