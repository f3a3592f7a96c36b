import type { ExtraValue } from '../state/works/work.ts'

export const SNIPPET_LANGUAGES = ['curl', 'JavaScript', 'Python'] as const

export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

export function toPythonEntry([name, value]: readonly [string, ExtraValue]): string {
  return `"${name}": ${toPythonValue(value)}`
}

/** As JSON, but that Python's True and False are not JSON's. */
export function toPythonValue(value: ExtraValue): string {
  if (typeof value !== 'boolean') return JSON.stringify(value)
  return value ? 'True' : 'False'
}

export function indent(lines: readonly string[], by: number): string {
  return lines.map((line) => `${' '.repeat(by)}${line}`).join('\n')
}

/** Inside single quotes the shell reads nothing but the end. */
export function quoteShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
