/** The languages of the guides. */
export type Language = 'en' | 'zh'

/** The same in every language, or one for each. */
export type Words = string | Readonly<Record<Language, string>>

/** A line of an app's settings. */
export interface Field {
  /** As it stands in the app; where its Chinese is not known, in English. */
  readonly label: Words
  readonly control: 'text' | 'choice' | 'switch' | 'button' | 'heading'
  /** What is typed, chosen or pressed; a switch is on where there is any. */
  readonly value?: Words
  /** What to know about it. */
  readonly know?: Words
  /** Without it nothing works: the picture marks it. */
  readonly isKey?: true
}

/** The settings of an app, as a guide shows and lists them. */
export interface Panel {
  readonly app: string
  /** Where they are found in the app. */
  readonly path: readonly Words[]
  readonly fields: readonly Field[]
}

/** What stands for the reader's own gateway. */
export const HOST = 'https://your-worker.example.workers.dev'
export const BASE = `${HOST}/v1`
export const KEY = { en: 'your access key', zh: '你的访问密钥' }
/** What a provider is called that the reader adds. */
export const NAME = 'fal'
export const SETTINGS = { en: 'Settings', zh: '设置' }
export const WITHOUT_V1 = {
  en: 'The app puts `/v1/…` behind it; with `/v1` it works as well',
  zh: '应用会自己接上 `/v1/…`；写上 `/v1` 也能用',
}
export const GREETING = {
  en: 'Sends a greeting, which is answered in words and costs nothing',
  zh: '会发一句问候，网关用文字回答，不花钱',
}
