import type { Field, Language, Panel, Words } from './settings/panel.ts'

const WIDTH = 720
const MARGIN = 28
const HEAD = 88
const ROW = 46
const CONTROL_X = 272
const CONTROL_HEIGHT = 32

/** A text may be this wide before it would run into something. */
const ROOM = { title: WIDTH - 2 * MARGIN, label: CONTROL_X - MARGIN - 12, value: 396 }

type Point = readonly [x: number, y: number]

/** Light and dark, as the reader's own page is. */
const STYLE = `
    text { fill: #1d2430; font-size: 14px }
    .app { font-size: 19px; font-weight: 700 }
    .path { font-size: 13px; fill: #55606f }
    .heading { font-weight: 600; fill: #55606f }
    .value { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 13px }
    .card { fill: #ffffff; stroke: #d3dae4 }
    .line { stroke: #e6eaf0 }
    .box { fill: #f6f8fb; stroke: #c3ccd8 }
    .key { stroke: #2f6fde; stroke-width: 2 }
    .mark { fill: #2f6fde }
    .on { fill: #2f6fde }
    .off { fill: #aab4c2 }
    .knob { fill: #ffffff }
    .press { fill: #e4e9f1; stroke: #c3ccd8 }
    .arrow { fill: none; stroke: #55606f; stroke-width: 1.6 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .path, .heading { fill: #9aa6b5 }
      .card { fill: #161b22; stroke: #3a4350 }
      .line { stroke: #2a313b }
      .box { fill: #0d1117; stroke: #454e5b }
      .key { stroke: #6ea2ff }
      .mark, .on { fill: #6ea2ff }
      .off { fill: #5b6675 }
      .knob { fill: #0d1117 }
      .press { fill: #2a313b; stroke: #454e5b }
      .arrow { stroke: #9aa6b5 }
    }
  `

/**
 * An app's settings as a picture: a drawing, not a photograph of the app.
 *
 * @throws Error a text that would not fit
 */
export function drawPanel({ app, path, fields }: Panel, language: Language): string {
  const height = HEAD + fields.length * ROW + 14
  const crumbs = path.map((words) => say(words, language)).join(' › ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(`${app}: ${crumbs}`)}" font-family="ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'DejaVu Sans', sans-serif">`,
    `  <style>${STYLE}</style>`,
    `  <rect class="card" x="1" y="1" width="${WIDTH - 2}" height="${height - 2}" rx="14"/>`,
    toText('app', [MARGIN, 37], app, ROOM.title),
    toText('path', [MARGIN, 62], crumbs, ROOM.title),
    ...fields.flatMap((field, index) => drawField(field, HEAD + index * ROW, language)),
    '</svg>\n',
  ].join('\n')
}

/** @param y the upper edge of the row */
function drawField(field: Field, y: number, language: Language): readonly string[] {
  const middle = y + ROW / 2
  const label = say(field.label, language)
  const line = `  <path class="line" d="M${MARGIN} ${y}H${WIDTH - MARGIN}"/>`
  if (field.control === 'heading') {
    return [line, toText('heading', [MARGIN, middle + 5], label, ROOM.label)]
  }
  return [
    line,
    ...(field.isKey ? [`  <circle class="mark" cx="${MARGIN - 12}" cy="${middle}" r="3.5"/>`] : []),
    toText('label', [MARGIN, middle + 5], label, ROOM.label),
    ...drawControl(field, middle, language),
  ]
}

function drawControl(field: Field, middle: number, language: Language): readonly string[] {
  const value = say(field.value ?? '', language)
  const { control, isKey = false } = field
  if (control === 'switch') return drawSwitch(value !== '', middle, isKey)
  const isButton = control === 'button'
  const width = isButton ? Math.ceil(widthOf(value)) + 32 : WIDTH - MARGIN - CONTROL_X
  const box = `${isButton ? 'press' : 'box'}${isKey ? ' key' : ''}`
  const style = control === 'text' ? 'value' : 'chosen'
  const top = middle - CONTROL_HEIGHT / 2
  const arrow = `M${WIDTH - MARGIN - 24} ${middle - 3}l5 6 5-6`
  return [
    `  <rect class="${box}" x="${CONTROL_X}" y="${top}" width="${width}" height="${CONTROL_HEIGHT}" rx="8"/>`,
    toText(style, [CONTROL_X + 16, middle + 5], value, ROOM.value),
    ...(control === 'choice' ? [`  <path class="arrow" d="${arrow}"/>`] : []),
  ]
}

function drawSwitch(isOn: boolean, middle: number, isKey: boolean): readonly string[] {
  return [
    `  <rect class="${isOn ? 'on' : 'off'}${isKey ? ' key' : ''}" x="${CONTROL_X}" y="${middle - 12}" width="44" height="24" rx="12"/>`,
    `  <circle class="knob" cx="${CONTROL_X + (isOn ? 32 : 12)}" cy="${middle}" r="9"/>`,
  ]
}

function toText(style: string, [x, y]: Point, text: string, room: number): string {
  const width = widthOf(text)
  if (width > room) throw new Error(`"${text}" takes ${width} of ${room} pixels`)
  return `  <text class="${style}" x="${x}" y="${y}">${escape(text)}</text>`
}

/** What a text takes at most at 14 px: Chinese letters are square, others as wide as those of code. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (isWide(letter) ? 14 : 8), 0)
}

function isWide(letter: string): boolean {
  return /[\u2e80-\uffef]/.test(letter)
}

/** Words in one language. */
export function say(words: Words, language: Language): string {
  return typeof words === 'string' ? words : words[language]
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
