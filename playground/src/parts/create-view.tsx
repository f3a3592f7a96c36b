import type { JSX } from 'preact'

import { useWords } from '../state/studio.ts'
import { Composer } from './composer.tsx'
import { Works } from './works/works.tsx'

/** The order on one side, what was made on the other. */
export function CreateView(): JSX.Element {
  const words = useWords()
  return (
    <>
      <a class="skip" href="#works">
        {words.skip}
      </a>
      <main class="create">
        <Composer />
        <Works />
      </main>
    </>
  )
}
