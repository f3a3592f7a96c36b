/** A path as the route table knows it, and the model that Azure's clients put into theirs. */
export interface NormalPath {
  readonly path: string
  /** undefined: the path names no model. */
  readonly deployment: string | undefined
}

/**
 * Clients disagree about where the base URL ends: `/v1/x`, `/x`, `//x`, `/v1/v1/x` and Azure's
 * `/openai/x` and `/openai/deployments/{model}/x` all mean the route `/x`.
 */
export function normalisePath(pathname: string): NormalPath {
  const plain = `/${pathname.replaceAll(/\/{2,}/g, '/').replace(/^\//, '')}`
  const azure = /^\/openai\/deployments\/([^/]+)(\/.*)$/.exec(plain)
  const path = (azure?.[2] ?? plain)
    .replace(/^(?:\/openai)?(?:\/v1)*(?=\/|$)/, '')
    .replace(/(?<=.)\/$/, '')
  return {
    path: path === '' ? '/' : path,
    deployment: azure?.[1] === undefined ? undefined : decode(azure[1]),
  }
}

/** A percent sign that encodes nothing is taken as written. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
