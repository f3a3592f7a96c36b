import { once } from 'node:events'
import { createServer } from 'node:http'

/** What stands behind the Cache API of the gateways that are started with it. */
export interface CacheServer {
  /** Host and port. */
  readonly address: string
  /** The URLs that something is kept under. */
  urls(): readonly string[]
  close(): Promise<void>
}

/** The protocol that workerd speaks to its cache: a GET that may miss, a PUT of a whole HTTP response. */
export async function startCache(): Promise<CacheServer> {
  const kept = new Map<string, string>()
  const server = createServer((request, response) => {
    const url = `${request.headers.host ?? ''}${request.url ?? ''}`
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const found = kept.get(url)
      if (request.method === 'PUT') {
        kept.set(url, body.slice(body.indexOf('\r\n\r\n') + 4))
        response.writeHead(204).end()
      } else if (found === undefined) response.writeHead(504, { 'cf-cache-status': 'MISS' }).end()
      else response.writeHead(200, { 'cf-cache-status': 'HIT' }).end(found)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    address: `127.0.0.1:${address.port}`,
    urls: () => [...kept.keys()],
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
