import type { Page } from 'playwright-core'
import sharp from 'sharp'

import { ACCESS_KEY } from './start-gateway.ts'
import type { PageStack } from './start-page.ts'

/** As high as the composer with its settings open. */
const VIEWPORT = { width: 1280, height: 1120 }
/** Read at half the width, sharp on good screens. */
const QUALITY = 70

/** A picture of the page in `docs/`. */
export interface Shot {
  readonly file: string
  readonly locale: string
  readonly colorScheme: 'light' | 'dark'
  readonly words: Readonly<
    Record<'prompt' | 'generate' | 'more' | 'seed' | 'model' | 'search' | 'guidance', string>
  >
  readonly wishes: readonly string[]
  /** The one that is in the queue. */
  readonly waiting: string
}

/** The READMEs' pictures of the page. */
export const SHOTS: readonly Shot[] = [
  {
    file: 'page.webp',
    locale: 'en-US',
    colorScheme: 'light',
    words: {
      prompt: 'What to draw',
      generate: 'Generate',
      more: 'More settings',
      seed: 'Seed',
      model: 'Model',
      search: 'Search models',
      guidance: 'Guidance scale',
    },
    wishes: [
      'A lighthouse on a cliff at dusk',
      'A red boat in the rain',
      'An astronaut cat on the moon',
    ],
    waiting: 'A tea house in a bamboo grove',
  },
  {
    file: 'page.zh-CN.webp',
    locale: 'zh-CN',
    colorScheme: 'dark',
    words: {
      prompt: '画什么',
      generate: '生成',
      more: '更多设置',
      seed: '种子',
      model: '模型',
      search: '搜索模型',
      guidance: '引导强度',
    },
    wishes: ['黄昏时悬崖上的灯塔', '雨中的红色小船', '月球上的宇航员猫咪'],
    waiting: '竹林里的茶馆',
  },
]

/** Two beside each other are as high as each other; further ones are square. */
const SHAPES = ['16:9', '16:9']

const MODEL = 'flux-kontext'

/** Opens the page and brings it to what the picture shows: the same every time, but for the seconds. */
export async function showPage(stack: PageStack, shot: Shot): Promise<Page> {
  const { locale, colorScheme, words, wishes, waiting } = shot
  await learnPrice(stack)
  const { page } = await stack.visit({ locale, colorScheme, viewport: VIEWPORT })
  const generate = (): Promise<void> => page.getByRole('button', { name: words.generate }).click()
  await page.getByRole('button', { name: new RegExp(`^${words.model}`) }).click()
  await page.getByLabel(words.search).fill(MODEL)
  await page.getByRole('option').first().click()
  await page.getByText(words.more).click()
  await page.getByLabel(words.guidance).fill('4.5')
  for (const [index, wish] of wishes.entries()) {
    await page.getByLabel(words.prompt).fill(wish)
    // The pretend fal draws the same for the same seed.
    await page.getByLabel(words.seed).fill(`${index + 7}`)
    await page.getByRole('radio', { name: SHAPES[index] ?? '1:1' }).check()
    await generate()
    await page.locator('.tile').nth(index).waitFor()
  }
  await page.getByLabel(words.prompt).fill(`${waiting} [[queue:60s]] [[position:2]]`)
  await page.getByRole('radio', { name: '1:1' }).check()
  await generate()
  await page.locator('.work[data-state=queued]').waitFor()
  await page.getByLabel(words.prompt).fill(waiting)
  await page.getByLabel(words.prompt).blur()
  await page.locator('.price').waitFor()
  await page.locator('.work-prompt').first().evaluate(withoutFaults)
  return page
}

/** The gateway learns it beside the first job: from then on every picture tells its cost. */
async function learnPrice({ url }: PageStack): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    const response = await fetch(`${url}/v1/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: MODEL, prompt: 'a cat' }),
    })
    await response.text()
    if (response.headers.has('x-cost-usd')) return
  }
  throw new Error(`the price of ${MODEL} does not become known`)
}

/** Runs in the page: what tells the pretend fal to be slow is not for readers. */
function withoutFaults(element: Element): void {
  element.textContent = element.textContent.replaceAll(/\s*\[\[.*?\]\]/g, '')
}

/** The page as it is at the moment, as WebP; which fonts it was set in stands in its metadata. */
export async function takePicture(page: Page): Promise<Buffer> {
  // Moving parts stand still, at their beginning.
  const png = await page.screenshot({ animations: 'disabled' })
  const ImageDescription = `set in ${await page.evaluate(widthOfText)}`
  return sharp(png).withExif({ IFD0: { ImageDescription } }).webp({ quality: QUALITY }).toBuffer()
}

/** Runs in the page: a text is as wide as this in no other fonts. */
function widthOfText(): string {
  const canvas = document.createElement('canvas').getContext('2d')
  if (canvas === null) throw new Error('no canvas')
  const { fontFamily } = getComputedStyle(document.body)
  canvas.font = `100px ${fontFamily}`
  const widths = ['Hamburgefonstiv 0123456789', '永和九年岁在癸丑'].map((text) =>
    canvas.measureText(text).width.toFixed(0),
  )
  return widths.join('+')
}

/** Which fonts a picture was set in. */
export async function fontsOf(picture: Buffer): Promise<string | undefined> {
  const { exif } = await sharp(picture).metadata()
  return /set in [\d+]+/.exec(exif?.toString('latin1') ?? '')?.[0]
}

/** Cells of 20 by 23 pixels: letters of another font or another second make no difference in them. */
const COLUMNS = 64
const ROWS = 47
/** Of 255. */
const MOST_DIFFERENCE = 20

/** How many of a hundred parts of two pictures do not look alike. */
export async function unlikeParts(one: Buffer, other: Buffer): Promise<number> {
  const [first, second] = await Promise.all([toCells(one), toCells(other)])
  const unlike = first.filter((cell, index) =>
    cell.some((value, channel) => {
      const difference = Math.abs(value - (second[index]?.[channel] ?? Infinity))
      return difference > MOST_DIFFERENCE
    }),
  )
  return (100 * unlike.length) / first.length
}

async function toCells(picture: Buffer): Promise<readonly (readonly number[])[]> {
  const small = sharp(picture)
    .removeAlpha()
    .resize(COLUMNS, ROWS, { fit: 'fill', kernel: 'linear' })
  const values = [...(await small.raw().toBuffer())]
  return Array.from({ length: COLUMNS * ROWS }, (_, index) =>
    values.slice(index * 3, index * 3 + 3),
  )
}
