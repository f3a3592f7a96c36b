import { once } from '../../../lib/once.ts'
import type { Directive, Setting } from './directive.ts'
import { runStart, SPACE } from './scan.ts'
import { readSize } from './size-value.ts'

// Phones turn `--` into a dash. Between two words a dash is prose (`he left—no one knew`), so it must
// follow white space; `--` only must not follow a word.
const START = String.raw`(?:(?<![\w\-—–―])--|(?<!\S)[—–―]{1,2})`
const VALUED = String.raw`${START}(?<name>ar|aspect(?:[-_]ratio)?|size|n|seed)(?:${SPACE}[:=])?${SPACE}(?<value>\d[\w:/*]{0,16})(?![\w:/*]|\.\d)`
// The value ends with its line, or before the next flag, known or not.
const NEGATIVE = String.raw`${START}no(?=\s)${SPACE}(?<negative>(?![-—–―])\S.*?)(?=\s(?:--|[—–―])\S|$)`
const MODE = String.raw`${START}(?<mode>new|edit|draw)(?=$|[\s,;.!|。、)\]】])`
const anyFlag = once(() => new RegExp(`${VALUED}|${NEGATIVE}|${MODE}`, 'gimu'))

/** `--ar`, `--aspect`, `--size`, `--n`, `--seed`, `--no`, `--new`, `--edit`, `--draw`. A flag with a bad value stays. */
export function findFlags(readable: string, text: string): readonly Directive[] {
  return [...readable.matchAll(anyFlag())].flatMap(({ 0: { length }, index, groups = {} }) => {
    const end = index + length
    const { name, value, negative, mode } = groups
    const sets =
      name !== undefined && value !== undefined
        ? toSetting(name.toLowerCase(), value)
        : negative === undefined
          ? toMode(mode?.toLowerCase())
          : toNegative(text.slice(end - negative.length, end))
    return sets === undefined ? [] : [{ start: index, end, explicit: true, sets }]
  })
}

function toMode(mode: string | undefined): Setting {
  if (mode === 'draw') return { draw: true }
  return { mode: mode === 'new' ? 'new' : 'edit' }
}

function toSetting(name: string, value: string): Setting | undefined {
  if (name === 'n') return isCount(value) ? { count: Number(value) } : undefined
  if (name !== 'seed') {
    const size = readSize(value)
    return size === undefined ? undefined : { sizes: [size] }
  }
  const seed = /^\d+$/u.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(seed) ? { seed } : undefined
}

function isCount(value: string): boolean {
  return /^(?:[1-9]|10)$/u.test(value)
}

function toNegative(value: string): Setting | undefined {
  const negativePrompt = value.slice(0, runStart(value, value.length, /[\s,，;；、|]/u))
  return /[\p{L}\p{N}\p{S}]/u.test(negativePrompt) ? { negativePrompt } : undefined
}
