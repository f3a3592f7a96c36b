// npm runs this when everything is installed. Its own warnings of too old a Node are off (.npmrc), as they
// tell of the Node that npm runs with and not of the one that `npm ci` brings along on Linux; where none is
// brought this says what those meant. It is JavaScript of the kind that the oldest Node reads.

import process from 'node:process'

/** The first that runs TypeScript as it is. */
const NEEDED = [22, 18]

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Node ${NEEDED.join('.')} or newer is needed, and this is ${process.versions.node}. On Linux (x64 and arm64, with glibc) npm ci brings one along, unless it is told to leave out optional packages; elsewhere install it from https://nodejs.org.`,
  )
  process.exit(1)
}
