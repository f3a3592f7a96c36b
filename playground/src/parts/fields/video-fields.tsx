import type { JSX } from 'preact'

import type { VideoModel } from '../../api/models.ts'
import { toNumber } from '../../lib/own-fields.ts'
import { useOrder, useWords } from '../../state/studio.ts'
import { Labelled } from './labelled.tsx'
import { NumberInput } from './number-input.tsx'

/** How long a video is to be, how fine, and whether it sounds; what the model cannot be told is not asked. */
export function VideoFields({ model }: { readonly model: VideoModel }): JSX.Element | null {
  const words = useWords()
  const [{ resolution, sound, video }, change] = useOrder()
  const isNew = video === undefined
  const takesLength = model.seconds !== undefined && (isNew || video.how === 'extend')
  const takesResolution = isNew && model.resolutions.length > 0
  const takesSound = isNew && model.generate_audio
  if (!takesLength && !takesResolution && !takesSound) return null
  return (
    <div class="pair">
      {takesLength && <LengthField model={model} />}
      {takesResolution && (
        <Labelled label={words.shape.resolution}>
          {(id) => (
            <select
              id={id}
              class="input"
              value={resolution}
              onChange={({ currentTarget }) => {
                change({ resolution: currentTarget.value })
              }}
            >
              <option value="">{words.more.auto}</option>
              {model.resolutions.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      {takesSound && (
        <Labelled label={words.video.sound}>
          {(id) => (
            <select
              id={id}
              class="input"
              value={String(sound ?? '')}
              onChange={({ currentTarget: { value } }) => {
                change({ sound: value === '' ? undefined : value === 'true' })
              }}
            >
              <option value="">{words.more.auto}</option>
              <option value="true">{words.more.on}</option>
              <option value="false">{words.more.off}</option>
            </select>
          )}
        </Labelled>
      )}
    </div>
  )
}

function LengthField({ model: { seconds } }: { readonly model: VideoModel }): JSX.Element | null {
  const words = useWords()
  const [order, change] = useOrder()
  if (seconds === undefined) return null
  if ('min' in seconds) {
    const control = { kind: 'number', whole: false, ...seconds } as const
    return (
      <Labelled label={words.video.seconds} hint={`${seconds.min}–${seconds.max}`}>
        {(id) => (
          <NumberInput
            id={id}
            control={control}
            placeholder={words.more.auto}
            value={toNumber(order.seconds, control)}
            onSet={(value) => {
              change({ seconds: String(value ?? '') })
            }}
          />
        )}
      </Labelled>
    )
  }
  return (
    <Labelled label={words.video.seconds}>
      {(id) => (
        <select
          id={id}
          class="input"
          value={order.seconds}
          onChange={({ currentTarget }) => {
            change({ seconds: currentTarget.value })
          }}
        >
          <option value="">{words.more.auto}</option>
          {seconds.map((one) => (
            <option key={one} value={String(one)}>
              {words.work.seconds(String(one))}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
