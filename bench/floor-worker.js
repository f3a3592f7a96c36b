// The floor: submit, status stream, result, and nothing else. No reading of OpenAI's language, no checks, no
// retries, no ids; what it takes is what workerd and fal's protocol take. For `stream` fal's own status stream is
// handed on, and the result behind it; for `b64_json` the picture is written into the answer as base64, the
// cheapest way that this runtime has: 192 KiB at a time, in one buffer; for speech the sound's bytes are handed on.
const STEP_BYTES = 192 * 1024

export default {
  async fetch(request, { FAL_API_KEY, FAL_QUEUE_URL }) {
    if (request.method === 'GET') return new Response('ok')
    const headers = { authorization: `Key ${FAL_API_KEY}`, 'content-type': 'application/json' }
    const wish = await request.json()
    const { endpoint, input } = toOrder(wish)
    const submitted = await fetch(`${FAL_QUEUE_URL}/${endpoint}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    })
    const { status_url, response_url } = await submitted.json()
    const status = await fetch(`${status_url}/stream`, { headers })
    if (wish.stream) {
      const { readable, writable } = new IdentityTransformStream()
      void handOn(status, () => fetch(response_url, { headers }), writable.getWriter())
      return new Response(readable, { headers: { 'content-type': 'text/event-stream' } })
    }
    const reader = status.body.getReader()
    while (!(await reader.read()).done);
    const result = await fetch(response_url, { headers })
    if (wish.input !== undefined) return fetch((await result.json()).audio.url)
    if (wish.response_format !== 'b64_json') return new Response(result.body)
    const { images } = await result.json()
    const { readable, writable } = new IdentityTransformStream()
    void write(images, writable.getWriter())
    return new Response(readable)
  },
}

function toOrder({ input, prompt, messages, n }) {
  return input === undefined
    ? {
        endpoint: 'fal-ai/flux/dev',
        input: { prompt: prompt ?? messages[0].content, num_images: n },
      }
    : { endpoint: 'xai/tts/v1', input: { text: input } }
}

async function handOn(status, fetchResult, writer) {
  const reader = status.body.getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) break
    await writer.write(value)
  }
  await writer.write(await (await fetchResult()).bytes())
  await writer.close()
}

async function write(images, writer) {
  const encoder = new TextEncoder()
  await writer.write(encoder.encode('{"data":['))
  for (const [index, { url }] of images.entries()) {
    await writer.write(encoder.encode(`${index === 0 ? '' : ','}{"b64_json":"`))
    await writeBase64(url, writer, encoder)
    await writer.write(encoder.encode('"}'))
  }
  await writer.write(encoder.encode(']}'))
  await writer.close()
}

async function writeBase64(url, writer, encoder) {
  const reader = (await fetch(url)).body.getReader({ mode: 'byob' })
  let buffer = new ArrayBuffer(STEP_BYTES)
  for (;;) {
    const { value, done } = await reader.readAtLeast(STEP_BYTES, new Uint8Array(buffer))
    const length = value?.byteLength ?? 0
    if (length > 0) await writer.write(encoder.encode(value.toBase64()))
    if (done || length < STEP_BYTES) return
    buffer = value.buffer
  }
}
