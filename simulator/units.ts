const DURATIONS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, '': 1 }
const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  '': 1,
}

function readUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim())
  const unit = units[found?.[2] ?? ''] ?? units[(found?.[2] ?? '').toUpperCase()]
  if (!found || unit === undefined) return undefined
  return Math.round(Number(found[1]) * unit)
}

/** `3s`, `500ms`, `2m`, `250` (ms) -> milliseconds. */
export const readDuration = (text: string): number | undefined => readUnit(text, DURATIONS)

/** `16MB`, `512KB`, `1000` -> bytes; K, M and G are powers of 1024. */
export const readByteCount = (text: string): number | undefined => readUnit(text, SIZES)
