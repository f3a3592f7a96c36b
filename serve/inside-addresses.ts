import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'

const FAL_HOSTS = ['FAL_QUEUE_URL', 'FAL_RUN_URL', 'FAL_REST_URL', 'FAL_API_URL'] as const

/**
 * The addresses of the hosts that the owner put in fal's place, each alone: they may be inside this network,
 * where the Worker may call nothing else.
 *
 * @param tell is told of a host whose address cannot be had now
 */
export async function findInsideAddresses(
  settings: Readonly<Record<string, string>>,
  tell: (message: string) => void,
): Promise<readonly string[]> {
  const urls = FAL_HOSTS.flatMap((name) => settings[name] ?? [])
  const hosts = new Set(urls.map((url) => new URL(url).hostname.replaceAll(/[[\]]/g, '')))
  const found = await Promise.all([...hosts].map((host) => addressesOf(host, tell)))
  return [...new Set(found.flat())]
}

async function addressesOf(
  host: string,
  tell: (message: string) => void,
): Promise<readonly string[]> {
  try {
    const addresses = await lookup(host, { all: true })
    return addresses.map(({ address }) => `${address}/${isIPv6(address) ? 128 : 32}`)
  } catch {
    tell(`the address of ${host} is not known now: it is called only if it is a public one`)
    return []
  }
}
