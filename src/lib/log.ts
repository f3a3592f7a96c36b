export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/** Writes one structured line. Fields must never hold a key, a prompt or an image. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void

const RANK: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 }

/** A log that drops what is less urgent than `threshold`. One line of JSON each: Workers Logs index its fields. */
export function createLog(threshold: LogLevel): Log {
  return (level, message, fields) => {
    if (RANK[level] > RANK[threshold]) return
    console[level](JSON.stringify({ message, ...fields }))
  }
}
