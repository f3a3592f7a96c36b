import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { toGatewayError, type GatewayError } from '../../api/gateway.ts'
import type { Bindings } from '../../api/schemas.ts'
import { useStudio, useWords } from '../../state/studio.ts'
import { Icon } from '../icons.tsx'
import { Dialog } from './dialog.tsx'

/** What this gateway has been given by its owner, and what is gained by the rest. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const words = useWords().about
  const { gateway } = useStudio()
  const [found, setFound] = useState<Bindings | GatewayError>()
  useEffect(() => {
    void gateway.health().then(setFound, (error: unknown) => {
      setFound(toGatewayError(error))
    })
  }, [gateway])
  return (
    <Dialog title={words.title} closeLabel={words.close} kind="about" onClose={onClose}>
      {found instanceof Error ? (
        <p class="notice" role="alert">
          {words.unknown} {found.message}
        </p>
      ) : (
        found !== undefined && (
          // In a low window it scrolls, so it can be reached by the keyboard.
          <div class="bindings" tabIndex={0} role="region" aria-label={words.title}>
            <BindingList bindings={found} />
          </div>
        )
      )}
      <p class="muted small">
        {words.how} <a href="/openapi.json">/openapi.json</a>
      </p>
    </Dialog>
  )
}

function BindingList({ bindings }: { readonly bindings: Bindings }): JSX.Element {
  const words = useWords().about
  return (
    <ul>
      {Object.entries(words.bindings).map(([name, { title, on, off }]) => {
        const isOn = bindings[name] === true
        return (
          <li key={name} class="binding" data-on={isOn}>
            <Icon name={isOn ? 'check' : 'less'} />
            <div>
              <strong>{title}</strong>{' '}
              <span class="muted small">{isOn ? words.on : words.off}</span>
              <p class="small">{isOn ? on : off}</p>
              <code class="muted small">{name.toUpperCase()}</code>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
