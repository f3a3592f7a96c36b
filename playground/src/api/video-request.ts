import { endingOf } from '../lib/image-bytes.ts'
import type { ExtraValue, Order } from '../state/works/work.ts'

type Fields = Readonly<Record<string, ExtraValue>>

/** A file of a form. */
export interface VideoFile {
  readonly field: string
  readonly name: string
  readonly blob: Blob
}

/** What is asked of a video model, without its pictures. */
export function toVideoFields(order: Order): Fields {
  const { model, video, extra } = order
  const prompt = order.prompt.trim()
  const seconds = order.seconds.trim()
  switch (video?.how) {
    case 'remix':
      return said({ prompt })
    case 'edit':
      return { ...said({ model, prompt }), ...extra }
    case 'extend':
      return { ...said({ model, prompt, seconds }), ...extra }
    case undefined: {
      const { size, resolution, sound, seed, negativePrompt } = order
      const look = { size, resolution, generate_audio: sound }
      const more = { seed: toSeed(seed), negative_prompt: negativePrompt.trim() }
      return { ...said({ model, prompt, seconds, ...look, ...more }), ...extra }
    }
  }
}

/** What is not left to the model. */
function said(fields: Readonly<Record<string, ExtraValue | undefined>>): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  )
}

function toSeed(text: string): number | undefined {
  const seed = Number(text)
  return text.trim() === '' || !Number.isSafeInteger(seed) ? undefined : seed
}

/** The files that a video is made of: one picture begins it, several show what is to be in it. */
export function toVideoFiles({ sources, lastFrame, video }: Order): readonly VideoFile[] {
  if (video !== undefined) {
    return video.file === undefined ? [] : [{ field: 'video', name: 'clip', blob: video.file }]
  }
  const field = sources.length > 1 ? 'input_reference[]' : 'input_reference'
  const files = sources.map((blob, index) => ({ field, name: `picture-${index + 1}`, blob }))
  if (lastFrame === undefined) return files
  return [...files, { field: 'last_frame', name: 'last-frame', blob: lastFrame }]
}

/** Where the order of a video goes. */
export function videoPath({ video }: Order): string {
  switch (video?.how) {
    case undefined:
      return '/videos'
    case 'remix':
      return `/videos/${video.id}/remix`
    case 'edit':
      return '/videos/edits'
    case 'extend':
      return '/videos/extensions'
  }
}

/** The request that the order of a video becomes: JSON, or a form when there are pictures. */
export function toVideoRequest(order: Order): {
  readonly path: string
  readonly init: RequestInit
} {
  const path = videoPath(order)
  const fields = toVideoFields(order)
  const files = toVideoFiles(order)
  if (files.length === 0) {
    const { video } = order
    const named = video === undefined || video.how === 'remix' ? {} : { video: { id: video.id } }
    const headers = { 'content-type': 'application/json' }
    return {
      path,
      init: { method: 'POST', headers, body: JSON.stringify({ ...fields, ...named }) },
    }
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value))
  for (const { field, name, blob } of files)
    form.append(field, blob, `${name}.${endingOf(blob.type)}`)
  return { path, init: { method: 'POST', body: form } }
}
