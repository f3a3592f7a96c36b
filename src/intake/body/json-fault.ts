import { printParseErrorCode, visit } from 'jsonc-parser'

/** Where a text stops being JSON, and why: `line 2, column 7: a comma too many`. */
export function describeJsonFault(text: string): string {
  const fault = findFault(text)
  if (fault === undefined) return 'it is not JSON'
  const { code, offset, line, column } = fault
  return `line ${line}, column ${column}: ${toReason(code, text, offset)}`
}

interface Fault {
  /** As the library calls it. */
  readonly code: string
  readonly offset: number
  /** Both from 1. */
  readonly line: number
  readonly column: number
}

/** Ends the walk: only the first fault is told. */
class Found extends Error {}

function findFault(text: string): Fault | undefined {
  let fault: Fault | undefined
  const onError = (error: number, start: number): never => {
    const code = printParseErrorCode(error)
    const offset = IN_TEXT.has(code) ? controlAt(text, start) : start
    fault ??= { code, offset, ...placeOf(text, offset) }
    throw new Found('the first fault')
  }
  try {
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false })
  } catch {
    // Also when it is nested too deeply to be walked.
  }
  return fault
}

/** Of these the scanner tells where the text begins, not where in it the character stands. */
const IN_TEXT: ReadonlySet<string> = new Set(['InvalidCharacter', 'UnexpectedEndOfString'])

function controlAt(text: string, start: number): number {
  let at = start
  while (at < text.length && text.charCodeAt(at) >= 0x20) at += 1
  return at
}

function placeOf(text: string, offset: number): Pick<Fault, 'line' | 'column'> {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

function toReason(code: string, text: string, offset: number): string {
  const rest = text.slice(offset)
  switch (code) {
    case 'InvalidCharacter':
    case 'UnexpectedEndOfString':
      return controlCharacter(rest.charAt(0))
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      return 'a backslash before a letter that it cannot stand before; a backslash itself is written \\\\'
    case 'PropertyNameExpected':
      return rest.startsWith('}') ? 'a comma too many' : 'a name in double quotes is expected'
    case 'ValueExpected':
      return /^[\]}]/.test(rest) ? 'a comma too many, or a value is missing' : 'a value is expected'
    case 'CommaExpected':
      return 'a comma is expected'
    case 'ColonExpected':
      return 'a colon is expected'
    case 'CloseBraceExpected':
      return 'a closing brace is missing'
    case 'CloseBracketExpected':
      return 'a closing bracket is missing'
    case 'EndOfFileExpected':
      return 'something stands after the end'
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return 'JSON has no comments'
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return 'a number that JSON does not know'
    default:
      return 'names and texts stand in double quotes'
  }
}

function controlCharacter(letter: string): string {
  if (letter === '\t') return 'a tab inside a text is written \\t'
  if (letter === '\n' || letter === '\r') return 'a line break inside a text is written \\n'
  return letter === '' ? 'a text does not end' : 'a control character inside a text'
}
