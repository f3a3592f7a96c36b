import { endingOf } from '../lib/image-bytes.ts'
import type { Order } from '../state/works/work.ts'

/** The fields of an order as the images API names them; what was left to the model is not in it. */
export function toFields(order: Order): Readonly<Record<string, string | number | boolean>> {
  const { sources, live, count } = order
  const seed = Number(order.seed)
  return {
    model: order.model,
    ...(order.prompt.trim() !== '' && { prompt: order.prompt.trim() }),
    ...(order.size !== '' && { size: order.size }),
    ...(order.resolution !== '' && { resolution: order.resolution }),
    ...(count !== 1 && { n: count }),
    ...(order.format !== '' && { output_format: order.format }),
    ...(order.seed.trim() !== '' && Number.isSafeInteger(seed) && { seed }),
    ...(order.negativePrompt.trim() !== '' && { negative_prompt: order.negativePrompt.trim() }),
    ...order.extra,
    ...(live && sources.length === 0 && { stream: true, partial_images: 2 }),
  }
}

/** The request that an order becomes: JSON for a new picture, a form for one that is changed. */
export function toRequest(order: Order): { readonly path: string; readonly init: RequestInit } {
  const fields = toFields(order)
  if (order.sources.length === 0) {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(fields) }
    return { path: '/images/generations', init }
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value))
  for (const [index, source] of order.sources.entries()) {
    form.append('image[]', source, `source-${index + 1}.${endingOf(source.type)}`)
  }
  if (order.mask !== undefined) form.set('mask', order.mask, 'mask.png')
  return { path: '/images/edits', init: { method: 'POST', body: form } }
}
