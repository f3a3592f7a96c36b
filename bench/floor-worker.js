// The floor: submit, status stream, result, and nothing else. No reading of OpenAI's language, no checks, no
// retries, no ids; what it takes is what workerd and fal's protocol take. For `stream` fal's own status
// stream is handed on; for `b64_json` the picture's bytes, without any base64; for speech those of the sound.
export default {
  async fetch(request, { FAL_API_KEY, FAL_QUEUE_URL }) {
    if (request.method === 'GET') return new Response('ok')
    const headers = { authorization: `Key ${FAL_API_KEY}`, 'content-type': 'application/json' }
    const wish = await request.json()
    const [endpoint, input] =
      wish.input === undefined
        ? [
            'fal-ai/flux/dev',
            { prompt: wish.prompt ?? wish.messages[0].content, num_images: wish.n },
          ]
        : ['xai/tts/v1', { text: wish.input }]
    const submitted = await fetch(`${FAL_QUEUE_URL}/${endpoint}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    })
    const { status_url, response_url } = await submitted.json()
    const status = await fetch(`${status_url}/stream`, { headers })
    if (wish.stream)
      return new Response(status.body, { headers: { 'content-type': 'text/event-stream' } })
    const reader = status.body.getReader()
    while (!(await reader.read()).done);
    const result = await fetch(response_url, { headers })
    if (wish.input !== undefined) return fetch((await result.json()).audio.url)
    if (wish.response_format !== 'b64_json') return new Response(result.body)
    const { images } = await result.json()
    const { readable, writable } = new IdentityTransformStream()
    const send = async () => {
      for (const { url } of images) {
        const picture = await fetch(url)
        await picture.body.pipeTo(writable, { preventClose: true })
      }
      await writable.close()
    }
    void send()
    return new Response(readable)
  },
}
