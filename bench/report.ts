/** Who is measured. */
export const CONTESTANTS = [
  'this gateway',
  'floor',
  'fal client, polling',
  'fal client, streaming',
  'AI SDK',
  'first Worker',
] as const
export type Contestant = (typeof CONTESTANTS)[number]

/** The median of several runs, and the quarter above and below it. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly runs: number
}

/** What figures are measured in. */
export const UNITS = ['ms', 'µs', 'MB', 'KB', 'requests', 'errors'] as const

/** One line of the table. */
export interface Figure {
  readonly item: string
  readonly unit: (typeof UNITS)[number]
  readonly values: Partial<Record<Contestant, Spread>>
  /** What design asks for, and whether it was so; undefined: nothing is asked. */
  readonly aim?: Aim
}

/** An aim, and whether this run met it. */
export interface Aim {
  readonly text: string
  readonly met: boolean
}

export function toSpread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share
    const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
    return below + (above - below) * (place - Math.floor(place))
  }
  return { median: at(0.5), low: at(0.25), high: at(0.75), runs: values.length }
}

/** At most so many times what the floor takes. */
export function atMostTimes(most: number, values: Figure['values']): Aim {
  return { text: `≤ ${most} × the floor’s`, met: timesFloor(values) <= most }
}

/** At least so many times what the floor does. */
export function atLeastTimes(least: number, values: Figure['values']): Aim {
  return { text: `≥ ${least} × the floor’s`, met: timesFloor(values) >= least }
}

/** How many times the floor's ours is; not a number where one of them was not measured. */
function timesFloor({ 'this gateway': ours, floor }: Figure['values']): number {
  return (ours?.median ?? Number.NaN) / (floor?.median ?? Number.NaN)
}

/** A single value, such as a count. */
export const exactly = (value: number): Spread => toSpread([value])

/** One Markdown table. */
export function toTable(figures: readonly Figure[]): string {
  const [heads = [], ...rows] = toRows(figures)
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

/** The table's cells, the heading first: beside each figure how many times ours it is. */
export function toRows(figures: readonly Figure[]): readonly (readonly string[])[] {
  const names = CONTESTANTS.filter((name) => figures.some(({ values }) => name in values))
  const heads = ['', ...names, 'aim']
  const rows = figures.map((figure) => [
    figure.item,
    ...names.map((name) => toCell(figure, name)),
    figure.aim === undefined ? '' : `${figure.aim.text}: ${figure.aim.met ? 'met' : '**missed**'}`,
  ])
  return [heads, ...rows]
}

function toCell({ values, unit }: Figure, name: Contestant): string {
  const spread = values[name]
  const ours = values['this gateway']
  if (spread === undefined) return ''
  const { median, low, high, runs } = spread
  const noise = median === 0 ? 0 : Math.round(((high - low) / 2 / median) * 100)
  const text = `${plain(median)} ${unit}${runs > 2 ? ` ±${noise} %` : ''}`
  const ratio = ours === undefined || ours.median === 0 ? undefined : median / ours.median
  return name === 'this gateway' || ratio === undefined ? text : `${text} (×${plain(ratio)})`
}

function plain(value: number): string {
  // From here on two digits are tens: 99.6 is a hundred.
  if (Math.abs(value) >= 99.5 || Number.isInteger(value)) return value.toFixed(0)
  return value.toPrecision(2).includes('e')
    ? value.toExponential(1)
    : String(Number(value.toPrecision(2)))
}
