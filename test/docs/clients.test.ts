import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

import { drawPictures, GUIDES, writeGuide } from '../../scripts/client-guides.ts'
import { drawPanel } from '../../scripts/clients/client-pictures.ts'
import { PANELS } from '../../scripts/clients/settings/index.ts'
import { ROOT } from './page.ts'

test.for(['en', 'zh'] as const)(
  'the guide in %s shows the settings that the list has: `npm run docs:clients` writes them anew',
  (language) => {
    const page = readFileSync(GUIDES[language], 'utf8')
    expect(plain(page)).toBe(plain(writeGuide(page, language)))
    for (const id of Object.keys(PANELS)) expect(page).toContain(`<!-- settings: ${id} -->`)
  },
)

/** The formatter pads the cells of a table. */
const plain = (text: string): string =>
  text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').replaceAll(/[*_]/g, '')

test('the pictures are those of the list, and there are no others', () => {
  const folder = path.join(ROOT, 'docs')
  const files = readdirSync(path.join(folder, 'clients')).map((file) => `clients/${file}`)
  const drawn = new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]))
  expect(drawn).toEqual(drawPictures())
})

test('a text that would run into something is not drawn', () => {
  const field = { label: 'x'.repeat(40), control: 'text', value: '' } as const
  expect(() => drawPanel({ app: 'App', path: [], fields: [field] }, 'en')).toThrow('320 of 232')
})

test('a guide that shows settings of nobody is not written', () => {
  const page = '<!-- settings: nobody -->\n<!-- end -->'
  expect(() => writeGuide(page, 'en')).toThrow('no settings are called nobody')
})
