/** `$0.0040`, `$0.040`, `$3.20`: as fine as matters. */
export function formatUsd(usd: number): string {
  return `$${usd.toFixed(usd < 0.01 ? 4 : usd < 1 ? 3 : 2)}`
}
