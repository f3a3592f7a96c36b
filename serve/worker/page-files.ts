import type { PageFile } from './page-file.ts'

/** What can be asked for by path; the build writes it in. */
declare const PAGE_FILES: Readonly<Record<string, PageFile>>

const files: ReadonlyMap<string, PageFile> = new Map(Object.entries(PAGE_FILES))

/**
 * What Cloudflare's static assets do before the Worker is asked: the page's files by their path.
 *
 * @param folder the page's folder
 * @returns undefined: the Worker's turn
 */
export function servePage(
  request: Request,
  folder: Pick<Fetcher, 'fetch'>,
): Promise<Response> | undefined {
  const { method } = request
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const file = files.get(new URL(request.url).pathname)
  return file && open(file, request, folder)
}

async function open(
  { file, etag, headers }: PageFile,
  { method, headers: asked }: Request,
  folder: Pick<Fetcher, 'fetch'>,
): Promise<Response> {
  const told = { 'cache-control': 'public, max-age=0, must-revalidate', ...headers, etag }
  if (isHeld(asked.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers: told })
  }
  const { status, body } = await folder.fetch(`http://page/${file}`, { method })
  if (status === 200) return new Response(body, { headers: told })
  await body?.cancel()
  return new Response('This file of the page is missing.\n', { status: 500 })
}

function isHeld(list: string | null, etag: string): boolean {
  return (list ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
