/** A sum of money without the dust of binary fractions: a billionth of a dollar is the least that is told. */
export function roundUsd(usd: number): number {
  return Math.round(usd * 1e9) / 1e9
}

/** A plain decimal, never with an exponent: `0.0398`. */
export function formatUsd(usd: number): string {
  return usd.toFixed(9).replace(/\.0+$|(?<=[1-9])0+$/, '')
}
