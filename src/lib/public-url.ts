/**
 * Whether a URL leads to a public host over https: what a stranger named must not lead inside a network. IP
 * literals and names without a dot never are public.
 *
 * @param loopback whether this machine will do as well, as for the pretend fal
 */
export function isPublicUrl(url: string, loopback: boolean): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname: written, username } = new URL(url)
  // A dot at the end means the same host.
  const hostname = written.replace(/\.$/, '')
  if (username !== '') return false
  if (loopback && isLoopback(hostname)) return true
  const literal = /^[\d.]+$|^\[/.test(hostname)
  const local = /\.(?:local|localhost|internal|home\.arpa)$/.test(hostname)
  return protocol === 'https:' && hostname.includes('.') && !literal && !local
}

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
