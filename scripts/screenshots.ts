// `npm run docs:screenshots`: the READMEs' pictures of the page, as a browser shows it before the pretend fal.
import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { SHOTS, showPage, takePicture } from '../test/support/readme-pictures.ts'
import { startPage } from '../test/support/start-page.ts'

const DOCS = path.join(import.meta.dirname, '../docs')

const stack = await startPage()
try {
  for (const shot of SHOTS) {
    const picture = await takePicture(await showPage(stack, shot))
    writeFileSync(path.join(DOCS, shot.file), picture)
    console.log(`docs/${shot.file}, ${(picture.byteLength / 1024).toFixed(0)} KB`)
  }
} finally {
  await stack.close()
}
