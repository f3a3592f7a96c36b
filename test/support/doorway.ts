import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'

/** An address that is known before what stands behind it: `PUBLIC_URL` for a gateway that gets its port later. */
export interface Doorway {
  /** Without a slash at the end. */
  readonly url: string
  /** From now on, what comes is handed on to this address; before, it is dropped. */
  leadTo(target: string): void
  /** From now on, what comes is dropped. */
  shut(): void
  /** Everything that was handed on, in order. */
  readonly heard: readonly Heard[]
  close(): Promise<void>
}

interface Heard {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export async function openDoorway(): Promise<Doorway> {
  let target: string | undefined
  const heard: Heard[] = []
  const server: Server = createServer((incoming, answer) => {
    if (target === undefined) {
      incoming.socket.destroy()
      return
    }
    const onward = request(`${target}${incoming.url ?? ''}`, {
      method: incoming.method,
      headers: incoming.headers,
    })
    onward.on('response', (response) => {
      if (answer.destroyed) {
        response.destroy()
        return
      }
      answer.writeHead(response.statusCode ?? 502, response.headers)
      // What breaks off behind breaks off in front.
      pipeline(response, answer, () => answer.destroy())
    })
    onward.on('error', () => answer.destroy())
    let body = ''
    incoming.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    incoming.on('end', () => {
      const headers: Record<string, string> = {}
      for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value)
      heard.push({ path: incoming.url ?? '', headers, body })
    })
    answer.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    heard,
    url: `http://127.0.0.1:${portOf(server.address())}`,
    leadTo(given) {
      target = given
    },
    shut() {
      target = undefined
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}
