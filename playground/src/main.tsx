import { render } from 'preact'

import { createGateway } from './api/gateway.ts'
import { App } from './parts/app.tsx'
import { createAccessCheck } from './state/access.ts'
import { createChat } from './state/chat.ts'
import { openGalleryStore } from './state/gallery-store.ts'
import { createGallery } from './state/gallery.ts'
import { createModelFacts } from './state/model-facts.ts'
import { createPreferences } from './state/preferences.ts'
import { createStore } from './state/store.ts'
import { StudioContext, type Shown, type Studio, type View } from './state/studio.ts'
import type { Order } from './state/work.ts'

const preferences = createPreferences(localStorage, navigator.languages, location.hash)
if (location.hash !== '') history.replaceState(undefined, '', location.pathname)
const gateway = createGateway(() => preferences.accessKey.get())
const studio: Studio = {
  gateway,
  preferences,
  access: createAccessCheck(gateway, preferences.accessKey),
  facts: createModelFacts(gateway),
  gallery: createGallery({
    gateway,
    store: await openGalleryStore(indexedDB),
    now: () => Date.now(),
  }),
  chat: createChat(gateway),
  view: createStore<View>('create'),
  coded: createStore<Order | undefined>(undefined),
  shown: createStore<Shown | undefined>(undefined),
}

const root = document.querySelector('#app')
if (root !== null) {
  render(
    <StudioContext.Provider value={studio}>
      <App />
    </StudioContext.Provider>,
    root,
  )
}
await Promise.all([studio.access.check(), studio.gallery.restore()])
