import { normalisePath, type NormalPath } from './normalise-path.ts'

/** Where a request goes, read once: everything that a request passes asks for a part of it. */
export interface Address extends NormalPath {
  readonly url: URL
}

export function readAddress({ url }: Request): Address {
  const parsed = new URL(url)
  return { url: parsed, ...normalisePath(parsed.pathname) }
}
