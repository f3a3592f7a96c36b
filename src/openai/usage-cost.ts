/**
 * A usage with what fal charges in USD, as OpenRouter has it beside the counts. Without the key when that
 * is not known.
 */
export function withCost<Usage extends object>(
  usage: Usage,
  costUsd: number | undefined,
): Usage & { readonly cost?: number } {
  return costUsd === undefined ? usage : { ...usage, cost: costUsd }
}
