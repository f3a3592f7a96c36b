const LEVELS = ['debug', 'info', 'warn', 'error'] as const

/**
 * Workers Logs keep a time and a level with each line, and read its JSON. Here both are written into the
 * line, and every level goes to standard output: workerd would send warnings to standard error.
 */
export function logToStdout(): void {
  // oxlint-disable-next-line no-console -- the runtime's way to standard output
  const write = console.log.bind(console)
  for (const level of LEVELS) {
    console[level] = (...words: readonly unknown[]) => {
      write(toLine(level, words))
    }
  }
}

/** The Worker logs one text, which is JSON; whatever else comes becomes JSON. */
function toLine(level: string, words: readonly unknown[]): string {
  const [first] = words
  const head = `{"time":"${new Date().toISOString()}","level":"${level}",`
  const isLine = words.length === 1 && typeof first === 'string' && first.startsWith('{"message"')
  return isLine ? head + first.slice(1) : `${head}"message":${JSON.stringify(words.join(' '))}}`
}
