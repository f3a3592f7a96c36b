import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
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
  /** From now on, a path of which this holds is answered with 500 and not handed on; undefined: none is. */
  failOn(isFailing: ((path: string) => boolean) | undefined): void
  /** Everything that was handed on, in order. */
  readonly heard: readonly Heard[]
  close(): Promise<void>
}

interface Heard {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * @param isReset whether a caller who leaves resets the connection, so that the gateway notices at once; else it
 *   does when it writes, as outside Cloudflare's network
 */
export async function openDoorway(isReset: () => boolean = () => false): Promise<Doorway> {
  let target: string | undefined
  let isFailing: ((path: string) => boolean) | undefined
  const heard: Heard[] = []
  const server: Server = createServer((incoming, answer) => {
    if (target === undefined) {
      incoming.socket.destroy()
      return
    }
    if (isFailing?.(incoming.url ?? '') === true) {
      incoming.resume()
      answer.writeHead(500).end('Internal Server Error')
      return
    }
    let body = ''
    incoming.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    incoming.on('end', () => {
      heard.push({ path: incoming.url ?? '', headers: toRecord(incoming.headers), body })
    })
    handOn(incoming, answer, target, isReset)
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
    failOn(given) {
      isFailing = given
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

function handOn(
  incoming: IncomingMessage,
  answer: ServerResponse,
  target: string,
  isReset: () => boolean,
): void {
  const { method, headers } = incoming
  const onward = request(`${target}${incoming.url ?? ''}`, { method, headers })
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
  answer.on('close', () => {
    if (!answer.writableFinished && isReset()) onward.socket?.resetAndDestroy()
    onward.destroy()
  })
  incoming.pipe(onward)
}

function toRecord(given: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) headers[name] = String(value)
  return headers
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}
