import type { PartInfo } from 'multipasta'

/** What a part of a form is called, and what its file is called where it has one; whatever text that is. */
export interface FormPart {
  readonly name: string
  readonly filename: string | undefined
}

/** The parser understands no header with a letter beyond Latin-1 in it, as in `filename="猫.png"`. */
export function readFormPart(info: PartInfo): FormPart {
  if (info.contentDisposition !== '') return { name: info.name, filename: info.filename }
  const header = String(info.headers['content-disposition'] ?? '')
  const found = [...header.matchAll(/;\s*([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))/g)]
  const said = new Map(
    found.map(([, key = '', quoted, bare]) => [key.toLowerCase(), quoted ?? bare]),
  )
  return { name: said.get('name') ?? '', filename: said.get('filename') }
}

const MOST_CHARACTERS = 100

/** A file's name without folders and control characters, and no longer than an id can hold. */
export function toPlainName(filename = ''): string {
  const last = filename.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(/[\p{C}"<>|:*?]/gu, '').trim()
  return plain.slice(0, MOST_CHARACTERS).toWellFormed() || 'picture'
}
