// `npm run screenshots`: the READMEs' pictures of the page, as a browser shows it before the pretend fal.
import path from 'node:path'

import sharp from 'sharp'

import { startPage } from '../test/support/start-page.ts'

const DOCS = path.join(import.meta.dirname, '../docs')
const VIEWPORT = { width: 1280, height: 880 }
/** Read at half the width, sharp on good screens. */
const WIDTH = 1280
const QUALITY = 72

const SHOTS = [
  {
    file: 'page.webp',
    locale: 'en-US',
    colorScheme: 'light',
    prompt: 'What to draw',
    generate: 'Generate',
    wishes: ['A lighthouse on a cliff at dusk', 'An astronaut cat on the moon'],
    waiting: 'A tea house in a bamboo grove',
  },
  {
    file: 'page.zh-CN.webp',
    locale: 'zh-CN',
    colorScheme: 'dark',
    prompt: '画什么',
    generate: '生成',
    wishes: ['黄昏时悬崖上的灯塔', '月球上的宇航员猫咪'],
    waiting: '竹林里的茶馆',
  },
] as const

const stack = await startPage()
try {
  for (const shot of SHOTS) await take(shot)
} finally {
  await stack.close()
}

async function take(shot: (typeof SHOTS)[number]): Promise<void> {
  const { locale, colorScheme, prompt, generate, wishes, waiting } = shot
  const { page } = await stack.visit({ locale, colorScheme, viewport: VIEWPORT })
  for (const [index, wish] of wishes.entries()) {
    await page.getByLabel(prompt).fill(wish)
    await page.getByRole('radio', { name: index === 0 ? '4:3' : '1:1' }).check()
    await page.getByRole('button', { name: generate }).click()
    await page.locator('.tile').nth(index).waitFor()
  }
  await page.getByLabel(prompt).fill(`${waiting} [[queue:9s]] [[position:2]]`)
  await page.getByRole('radio', { name: '16:9' }).check()
  await page.getByRole('button', { name: generate }).click()
  await page.locator('.work[data-state=queued]').waitFor()
  await page.getByLabel(prompt).fill(waiting)
  await page.locator('.work-prompt').first().evaluate(withoutFaults)
  await page.waitForTimeout(1500)
  const picture = sharp(await page.screenshot()).resize({ width: WIDTH })
  const { size } = await picture.webp({ quality: QUALITY }).toFile(path.join(DOCS, shot.file))
  console.log(`docs/${shot.file}, ${(size / 1024).toFixed(0)} KB`)
}

/** Runs in the page: what tells the pretend fal to be slow is not for readers. */
function withoutFaults(element: Element): void {
  element.textContent = element.textContent.replaceAll(/\s*\[\[.*?\]\]/g, '')
}
