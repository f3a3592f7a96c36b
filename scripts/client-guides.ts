import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { drawPanel, say } from './clients/client-pictures.ts'
import { PANELS } from './clients/settings/index.ts'
import type { Field, Language, Panel } from './clients/settings/panel.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

const docs = path.join(import.meta.dirname, '../docs')

/** The pages, by their language. */
export const GUIDES: Readonly<Record<Language, string>> = {
  en: path.join(docs, 'clients.md'),
  zh: path.join(docs, 'clients.zh-CN.md'),
}

const WORDS = {
  en: {
    heading: '| Setting | Value | What to know |',
    alt: 'Drawing: the settings of',
    caption: '(a drawing, no screenshot)',
    on: 'on',
    off: 'off',
  },
  zh: {
    heading: '| 设置 | 填什么 | 需要知道的 |',
    alt: '示意图：',
    caption: '（示意图，不是截图）',
    on: '开',
    off: '关',
  },
} as const

/** A panel's place in a page. */
const PLACE = /<!-- settings: ([\w-]+) -->[^]*?<!-- end -->/g

/**
 * A page with its tables and pictures anew.
 *
 * @throws Error a panel that there is none of
 */
export function writeGuide(text: string, language: Language): string {
  return text.replaceAll(PLACE, (_, id: string) => {
    const panel = PANELS[id]
    if (panel === undefined) throw new Error(`no settings are called ${id}`)
    return `<!-- settings: ${id} -->\n\n${toSettings(id, panel, language)}\n\n<!-- end -->`
  })
}

/** The pictures of all panels, by their files below the folder of the pages. */
export function drawPictures(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(PANELS).flatMap(([id, panel]) =>
      (['en', 'zh'] as const).map((language) => [
        pictureOf(id, language),
        drawPanel(panel, language),
      ]),
    ),
  )
}

function pictureOf(id: string, language: Language): string {
  return `clients/${id}${language === 'zh' ? '.zh-CN' : ''}.svg`
}

function toSettings(id: string, { app, path: at, fields }: Panel, language: Language): string {
  const words = WORDS[language]
  const crumbs = at.map((one) => say(one, language)).join(' › ')
  return [
    `![${words.alt} ${app}](${pictureOf(id, language)})`,
    '',
    `**${crumbs}** ${words.caption}`,
    '',
    words.heading,
    '| --- | --- | --- |',
    ...fields.map((field) => toRow(field, language)),
  ].join('\n')
}

function toRow(field: Field, language: Language): string {
  const label = toLabel(field, language)
  if (field.control === 'heading') return `| *${label}* | | |`
  return `| ${label} | ${toValue(field, language)} | ${say(field.know ?? '', language)} |`
}

/** In Chinese with the English beside it: not every app is set to Chinese. */
function toLabel({ label }: Field, language: Language): string {
  const [own, english] = [say(label, language), say(label, 'en')]
  return own === english ? own : `${own}（${english}）`
}

function toValue({ control, value = '' }: Field, language: Language): string {
  const text = say(value, language)
  if (control === 'switch') return text === '' ? WORDS[language].off : WORDS[language].on
  return control === 'text' && typeof value === 'string' ? `\`${text}\`` : text
}

if (import.meta.main) {
  answerHelp(`npm run docs:clients

Writes what docs/clients.md and docs/clients.zh-CN.md show of an app's settings, from the one list in
scripts/clients/settings/: the table, between two comments of the page, and the picture in docs/clients/.`)
  mkdirSync(path.join(docs, 'clients'), { recursive: true })
  for (const [file, picture] of drawPictures()) writeFileSync(path.join(docs, file), picture)
  for (const language of ['en', 'zh'] as const) {
    const file = GUIDES[language]
    writeFileSync(file, writeGuide(readFileSync(file, 'utf8'), language))
  }
  formatFiles(...Object.values(GUIDES))
}
