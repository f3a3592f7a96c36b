import path from 'node:path'

/** What workerd is told. No secret is among it: those come by the environment. */
export interface ConfigFacts {
  /** Where `index.js`, `page/` and `serve/` are; absolute. workerd gets it as its import path. */
  readonly dist: string
  /** As the Worker is deployed. */
  readonly compatibility: { readonly date: string; readonly flags: readonly string[] }
  /** The names of the settings that are set, which the process has in its environment. */
  readonly settings: readonly string[]
  /** Where to listen, as workerd writes it. */
  readonly address: string
  /** Where the ledger's folder is, `ledger`; absolute. */
  readonly dataDir: string
  /** The folder of copies; undefined: none are made. */
  readonly images: string | undefined
  /** Addresses beside the public ones that the Worker may call, in CIDR notation. */
  readonly inside: readonly string[]
}

/**
 * The configuration of workerd, in Cap'n Proto's text form.
 *
 * `internet` calls public addresses only, whatever a name leads to: a caller's webhook, or a picture's URL,
 * must not reach this machine's network. fal's own hosts may be inside, when the owner set them so.
 */
export function writeConfig(facts: ConfigFacts): string {
  const { dist, compatibility, settings, dataDir, images, inside } = facts
  const bindings = [
    ...settings.map((name) => `( name = ${text(name)}, fromEnvironment = ${text(name)} )`),
    '( name = "SELF_HOSTED", text = "workerd" )',
    '( name = "LEDGER", durableObjectNamespace = "Ledger" )',
    '( name = "ASSETS", service = "page" )',
    ...(images === undefined ? [] : ['( name = "IMAGES_FOLDER", service = "images" )']),
  ]
  const disks = [
    `( name = "page", disk = ( path = ${text(path.join(dist, 'page'))} ) )`,
    `( name = "ledger", disk = ( path = ${text(dataDir)}, writable = true ) )`,
    ...(images === undefined
      ? []
      : [`( name = "images", disk = ( path = ${text(images)}, writable = true ) )`]),
  ]
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = .gateway ),
    ( name = "internet", network = (
      allow = [ ${['public', ...inside].map(text).join(', ')} ],
      tlsOptions = ( trustBrowserCas = true ) ) ),
    ${disks.join(',\n    ')}
  ],
  sockets = [ ( name = "http", address = ${text(facts.address)}, service = "main",
    http = ( forwardedProtoHeader = "X-Forwarded-Proto" ) ) ],
);
const gateway :Workerd.Worker = (
  modules = [
    ( name = "serve/entry.js", esModule = embed "/serve/entry.js" ),
    ( name = "index.js", esModule = embed "/index.js" ),
  ],
  compatibilityDate = ${text(compatibility.date)},
  compatibilityFlags = [ ${compatibility.flags.map(text).join(', ')} ],
  bindings = [
    ${bindings.join(',\n    ')}
  ],
  globalOutbound = "internet",
  durableObjectNamespaces = [ ( className = "Ledger", uniqueKey = "ledger", enableSql = true ) ],
  durableObjectStorage = ( localDisk = "ledger" ),
);
`
}

/** Cap'n Proto's text knows JSON's two usual escapes, and no control letters are in a path. */
function text(value: string): string {
  return JSON.stringify(value)
}
