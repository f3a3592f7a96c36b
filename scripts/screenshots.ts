import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { SHOTS, showPage, takePicture } from '../test/support/readme-pictures.ts'
import { startPage } from '../test/support/start-page.ts'
import { answerHelp } from './lib/usage.ts'

answerHelp(`npm run docs:screenshots

Takes the READMEs' pictures of the page, docs/page*.webp, as Chromium shows it in front of the pretend fal.
CHROMIUM_PATH names a browser that is not where Debian puts its own. Build the page first: npm run build.`)

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
