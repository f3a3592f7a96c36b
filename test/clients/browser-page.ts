import OpenAI, { APIError } from 'openai'

// What runs inside the browser: the official client as a web page would use it. Everything that comes back
// is plain data, because it must pass from the page to the test.

function createClient(gateway: string, apiKey: string): OpenAI {
  return new OpenAI({
    baseURL: `${gateway}/v1`,
    apiKey,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
  })
}

/** One picture, and the headers of the answer that the page may read. */
export async function makePicture(gateway: string, key: string, prompt: string) {
  const { data, response, request_id } = await createClient(gateway, key)
    .images.generate({ model: 'flux-dev', prompt })
    .withResponse()
  return {
    url: data.data?.[0]?.url,
    requestId: request_id,
    jobId: response.headers.get('x-job-id'),
    endpoint: response.headers.get('x-fal-endpoint'),
  }
}

/** A picture of the page's own, uploaded as a form and edited. */
export async function editPicture(gateway: string, key: string, base64: string) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
  const answer = await createClient(gateway, key).images.edit({
    model: 'nano-banana-2',
    prompt: 'a hat on it',
    image: new File([bytes], 'mine.png', { type: 'image/png' }),
  })
  return { pictures: answer.data?.length, base64: answer.data?.[0]?.b64_json?.slice(0, 5) }
}

/** The text of a chat that arrives in pieces, and the headers that came before them. */
export async function streamChat(gateway: string, key: string, prompt: string) {
  const { data, response } = await createClient(gateway, key)
    .chat.completions.create({
      model: 'flux-dev',
      messages: [{ role: 'user', content: prompt }],
      stream: true,
    })
    .withResponse()
  let text = ''
  for await (const chunk of data) text += chunk.choices[0]?.delta.content ?? ''
  return { text, jobId: response.headers.get('x-job-id') }
}

/** The kinds of events of a stream of pictures and of a streamed response. */
export async function streamPictures(gateway: string, key: string, prompt: string) {
  const client = createClient(gateway, key)
  const pictures = await client.images.generate({ model: 'flux-dev', prompt, stream: true })
  const events: string[] = []
  for await (const { type } of pictures) events.push(type)
  const response = await client.responses.create({ model: 'flux-dev', input: prompt, stream: true })
  for await (const { type } of response) events.push(type)
  return events
}

/** What the page can find out about the failure of one of the above; undefined when it did not fail. */
export async function failureOf(work: Promise<unknown>) {
  try {
    await work
    return undefined
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    const headers: unknown = error.headers
    const read = (name: string) => (headers instanceof Headers ? headers.get(name) : undefined)
    const status: unknown = error.status
    return {
      // The bundler may put a line in front of a name.
      name: error.constructor.name.replace(/^_/, ''),
      status,
      code: error.code,
      param: error.param,
      type: error.type,
      requestId: error.requestID,
      jobId: read('x-job-id'),
      shouldRetry: read('x-should-retry'),
    }
  }
}
