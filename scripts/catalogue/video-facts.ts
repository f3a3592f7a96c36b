import type {
  DurationRule,
  VideoEndpointSpec,
  VideoInput,
  VideoModelSpec,
  VideoWork,
} from '../../src/models/videos/video-spec.ts'

/** What a video endpoint is for, for people. */
export type VideoPurpose =
  | 'words'
  | 'image'
  | 'references'
  | 'audio'
  | 'edit'
  | 'extend'
  | 'tool'
  | 'other'

/** Which of them an endpoint is, by what it must have. */
export function purposeOf(spec: VideoEndpointSpec): VideoPurpose {
  const { work, prompt, inputs, required = [] } = spec
  const needs = (input: VideoInput): boolean => inputs[input]?.required === true
  if (work === 'extend') return 'extend'
  if (work === 'edit') return prompt === 'none' || needs('audio') ? 'tool' : 'edit'
  if (required.some((name) => /training|frames|tracks|video|shots/.test(name))) return 'other'
  const main = MAIN_INPUTS.find(([input]) => needs(input))
  return main?.[1] ?? (inputs.references === undefined ? 'words' : 'references')
}

const MAIN_INPUTS: readonly (readonly [VideoInput, VideoPurpose])[] = [
  ['audio', 'audio'],
  ['firstFrame', 'image'],
  ['references', 'references'],
]

/** One endpoint in a line: lengths, shapes, resolutions, what it takes, sound. */
export function toVideoLine(spec: VideoEndpointSpec): string {
  const { duration, ratio, resolution, pixels, fps, sound, inputs, required = [] } = spec
  const takes = TAKEN.flatMap(([input, words]) => {
    const rule = inputs[input]
    return rule === undefined ? [] : [`${rule.required === true ? 'needs' : 'takes'} ${words}`]
  })
  return [
    duration === undefined ? 'a length of its own' : toLength(duration),
    ...(pixels === undefined ? [] : ['pixels']),
    ...[ratio, resolution].flatMap((rule) => (rule === undefined ? [] : [codes(rule.values)])),
    ...(fps === undefined ? [] : ['frames a second']),
    ...(sound === undefined ? [] : ['sound']),
    ...takes,
    ...(required.length === 0 ? [] : [`needs ${codes(required)}`]),
  ].join('; ')
}

const TAKEN: readonly (readonly [VideoInput, string])[] = [
  ['firstFrame', 'a first frame'],
  ['lastFrame', 'a last frame'],
  ['references', 'references'],
  ['video', 'a video'],
  ['audio', 'a sound'],
]

/** The curated models as the rows of a table, its heading first. */
export function toVideoTable(models: readonly VideoModelSpec[]): readonly (readonly string[])[] {
  return [VIDEO_HEADING, ...models.map(toRow)]
}

const VIDEO_HEADING = [
  'Model',
  'Endpoint',
  'Length',
  'Shapes',
  'Resolutions',
  'Takes',
  'Edits',
  'Extends',
  'Successors',
]

function toRow({ names, endpoints, successors = [] }: VideoModelSpec): readonly string[] {
  const [main] = endpoints
  const idOf = (work: VideoWork): string =>
    codes(
      endpoints
        .filter((one) => one.work === work)
        .map(({ id }) => id)
        .slice(0, 1),
    )
  const takes = TAKEN.filter(([input]) =>
    endpoints.some(({ work, inputs }) => work === 'make' && inputs[input] !== undefined),
  )
  return [
    codes(names),
    idOf('make'),
    main?.duration === undefined ? 'its own' : toLength(main.duration),
    codes(main?.ratio?.values ?? []),
    codes(main?.resolution?.values ?? []),
    takes.map(([, words]) => words).join(', '),
    idOf('edit'),
    idOf('extend'),
    codes(successors),
  ]
}

/** The lengths that an endpoint makes: `5, 10 s`, `1 to 15 s`. */
function toLength(rule: DurationRule): string {
  switch (rule.rule) {
    case 'listed':
      return `${toSteps(rule.values.map((value) => Number.parseFloat(String(value))))} s`
    case 'seconds':
      return `${rule.min} to ${rule.max} s`
    case 'frames':
      return rule.values === undefined
        ? `${tenths(rule.min / rule.fps)} to ${tenths(rule.max / rule.fps)} s, by frames`
        : `${rule.values.map((value) => tenths(Number(value) / rule.fps)).join(', ')} s, by frames`
  }
}

/** `3, 4, 5, 6` are `3 to 6`. */
function toSteps(values: readonly number[]): string {
  const [first = 0] = values
  const isRow = values.length > 3 && values.every((value, index) => value === first + index)
  return isRow ? `${first} to ${values.at(-1)}` : values.join(', ')
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}

function codes(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(' ')
}
