// The Worker's front door on plain workerd: what Cloudflare does in front of a Worker and beside it, in the
// same isolate, so that a request costs no second one. The Worker itself is the file that is deployed.
import worker, { Ledger } from '../../src/worker.ts'
import { createFolderBucket } from './folder-bucket.ts'
import { logToStdout } from './log-to-stdout.ts'
import { servePage } from './page-files.ts'
import { readToEnd } from './read-to-end.ts'

/** What `serve` binds besides the settings. */
interface Env {
  /** The page's folder. */
  readonly ASSETS: Fetcher
  /** The folder of copies; absent: none are made. */
  readonly IMAGES_FOLDER?: Fetcher
}

/** One environment for each, because the Worker keeps what it has made of it as long as it is the same. */
const environments = new WeakMap<Env, object>()

logToStdout()

export { Ledger }

export default {
  async fetch(request, env, context) {
    const page = servePage(request, env.ASSETS)
    if (page !== undefined) return page
    const response = await worker.fetch(request, environmentOf(env), context)
    if (response.status >= 400) await readToEnd(request)
    return response
  },
} satisfies ExportedHandler<Env>

function environmentOf(env: Env): object {
  const known = environments.get(env)
  if (known !== undefined) return known
  const { IMAGES_FOLDER, ...bound } = env
  const made =
    IMAGES_FOLDER === undefined
      ? bound
      : { ...bound, IMAGES_BUCKET: createFolderBucket(IMAGES_FOLDER) }
  environments.set(env, made)
  return made
}
