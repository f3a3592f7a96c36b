/**
 * Whether a URL leads to a public host over https: what a stranger named must not lead inside a network. IP
 * literals and names without a dot never are public.
 *
 * @param loopback whether this machine will do as well, as for the pretend fal
 */
export function isPublicUrl(url: string, loopback: boolean): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname: written, username, password } = new URL(url)
  // A dot at the end means the same host.
  const hostname = written.replace(/\.$/, '')
  if (username !== '' || password !== '') return false
  if (loopback && isLoopback(hostname)) return true
  const literal = /^[\d.]+$|^\[/.test(hostname)
  return protocol === 'https:' && hostname.includes('.') && !literal && !mayLeadInside(hostname)
}

/** Endings that no public name has: RFC 6761, 6762, 7686, 8375, 9476, and those that ICANN gives to nobody. */
const INSIDE =
  /\.(?:local|localhost|localdomain|internal|intranet|private|lan|corp|home|home\.arpa|test|invalid|onion|alt)$/

/** Public names that lead to whatever address stands in them, or to this machine. */
const LEADING =
  /(?:^|\.)(?:(?:nip|sslip|xip|backname)\.io|traefik\.me|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|local\.gd)$/

/** A private address that is spelled in a name, with dots or hyphens. */
const SPELLED =
  /(?:^|[.-])(?:(?:0|10|127)(?:[.-]\d{1,3}){3}|(?:169[.-]254|192[.-]168|172[.-](?:1[6-9]|2\d|3[01])|100[.-](?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(?:[.-]\d{1,3}){2})(?:[.-]|$)/

/**
 * Whether a name of a public form may lead inside a network, by what it says of itself. Where it really leads
 * only the runtime can know: Cloudflare's reaches no network of ours, and workerd is told to call public
 * addresses alone.
 */
function mayLeadInside(hostname: string): boolean {
  return INSIDE.test(hostname) || LEADING.test(hostname) || SPELLED.test(hostname)
}

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
