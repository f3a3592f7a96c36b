// The method of the first Worker of this kind, re-created from a description of how it behaves, not from its
// code: it sleeps 2 s before it first asks, asks every 2 s, 45 times at most, and makes base64 of a whole
// picture one character after the other.
const INTERVAL_MS = 2000
const MOST_ASKED = 45

export default {
  async fetch(request, { FAL_API_KEY, FAL_QUEUE_URL }) {
    if (request.method === 'GET') return new Response('ok')
    const headers = { authorization: `Key ${FAL_API_KEY}`, 'content-type': 'application/json' }
    const wish = await request.json()
    const submitted = await fetch(`${FAL_QUEUE_URL}/fal-ai/flux/dev`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ prompt: wish.prompt, num_images: wish.n }),
    })
    const { status_url, response_url } = await submitted.json()
    for (let asked = 0; asked < MOST_ASKED; asked += 1) {
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))
      const { status } = await (await fetch(status_url, { headers })).json()
      if (status === 'COMPLETED') break
    }
    const { images } = await (await fetch(response_url, { headers })).json()
    const data = []
    for (const { url } of images) {
      data.push(wish.response_format === 'b64_json' ? { b64_json: await toBase64(url) } : { url })
    }
    return Response.json({ created: Math.floor(Date.now() / 1000), data })
  },
}

async function toBase64(url) {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
