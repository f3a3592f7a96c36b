import * as z from 'zod'

/** What whoever installs the package needs to know. */
const KEPT = [
  'name',
  'version',
  'private',
  'description',
  'homepage',
  'bugs',
  'license',
  'repository',
  'type',
  'bin',
  'files',
  'engines',
] as const

const manifest = z.looseObject({ dependencies: z.object({ workerd: z.string() }) })

/**
 * The package.json that is packed. Everything but workerd is in the bundle; Node's own binaries, which are
 * optional dependencies, are for this project's scripts.
 */
export function toPackedPackage(whole: string): string {
  const read = manifest.parse(JSON.parse(whole))
  const packed = {
    ...Object.fromEntries(KEPT.map((name) => [name, read[name]])),
    dependencies: { workerd: read.dependencies.workerd },
  }
  return `${JSON.stringify(packed, undefined, 2)}\n`
}
