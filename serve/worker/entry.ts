// The Worker's front door on plain workerd: what Cloudflare does in front of a Worker and beside it, in the
// same isolate, so that a request costs no second one. The Worker itself is the file that is deployed.
import worker, { Ledger } from '../../src/worker.ts'
import { createFolderBucket } from './folder-bucket.ts'
import { logToStdout } from './log-to-stdout.ts'
import { servePage } from './page-files.ts'

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
  fetch(request, env, context) {
    return servePage(request, env.ASSETS) ?? worker.fetch(request, environmentOf(env), context)
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
