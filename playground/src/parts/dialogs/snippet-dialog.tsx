import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { SNIPPET_LANGUAGES, type SnippetLanguage } from '../../lib/code.ts'
import { toSnippet } from '../../lib/snippets.ts'
import { useStudio, useWords } from '../../state/studio.ts'
import type { Order } from '../../state/works/work.ts'
import { Icon } from '../icons.tsx'
import { Dialog } from './dialog.tsx'

/** An order as code, to be copied. */
export function SnippetDialog({ order }: { readonly order: Order }): JSX.Element {
  const words = useWords().snippet
  const { coded } = useStudio()
  const [language, setLanguage] = useState<SnippetLanguage>('curl')
  const [copied, setCopied] = useState(false)
  const code = toSnippet(language, order, location.origin)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code)
    setCopied(true)
  }
  return (
    <Dialog
      title={words.title}
      closeLabel={words.close}
      kind="code"
      onClose={() => {
        coded.set(undefined)
      }}
    >
      <div class="row">
        <div class="segments" role="group" aria-label={words.language}>
          {SNIPPET_LANGUAGES.map((one) => (
            <button
              key={one}
              type="button"
              class="segment"
              aria-pressed={one === language}
              onClick={() => {
                setLanguage(one)
                setCopied(false)
              }}
            >
              {one}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="button"
          onClick={() => {
            void copy()
          }}
        >
          <Icon name={copied ? 'check' : 'copy'} />
          {copied ? words.copied : words.copy}
        </button>
        <span class="hidden-text" role="status">
          {copied ? words.copied : ''}
        </span>
      </div>
      {/* Can be scrolled, so it can be reached by the keyboard. */}
      <pre class="command" tabIndex={0} role="region" aria-label={language}>
        {code}
      </pre>
      <p class="muted small">{words.why}</p>
    </Dialog>
  )
}
