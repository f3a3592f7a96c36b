import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

import type { Journal } from './queue/journal.ts'
import { serveRequest } from './routes/serve-request.ts'
import { createSimulation, type SimulationOptions } from './simulation.ts'

export interface SimulatorOptions extends SimulationOptions {
  /** 0: any free port. The host is always 127.0.0.1. */
  readonly port?: number
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly journal: Journal
  /** Ends every connection and every timer at once. */
  close(): Promise<void>
}

/** Room for a few thousand clients that connect at the same moment. */
const BACKLOG = 4096
/** Longer than the clients' own: a server that closes idle connections first races with the next request. */
const KEEP_ALIVE_MS = 120_000

async function listen(server: Server, port: number): Promise<string> {
  server.listen({ port, host: '127.0.0.1', backlog: BACKLOG })
  await once(server, 'listening')
  const address = server.address()
  const bound = typeof address === 'object' ? address?.port : undefined
  return `http://127.0.0.1:${bound ?? port}`
}

/** Starts a pretend fal with real HTTP on the loopback interface. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const closing = new AbortController()
  const simulation = createSimulation(options, closing.signal)
  const server = createServer((request, response) => {
    void serveRequest(request, response, simulation)
  })
  server.requestTimeout = 0
  server.keepAliveTimeout = KEEP_ALIVE_MS
  const url = await listen(server, options.port ?? 0)
  return {
    url,
    journal: simulation.journal,
    async close() {
      closing.abort()
      simulation.timers.stopAll()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
