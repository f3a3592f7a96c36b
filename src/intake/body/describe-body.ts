import { ProblemError } from '../../job/problem.ts'
import { readImageHeader } from '../../media/images/image-header.ts'

/**
 * What a body is that should have been JSON, where that can be told, and what its header says of it.
 *
 * @param head its first bytes
 * @returns undefined: it may be meant as JSON
 */
export function describeBody(head: Uint8Array, headers: Headers): ProblemError | undefined {
  const type = (headers.get('content-type') ?? '').slice(0, MOST_NAMED)
  const said = type === '' ? 'is missing' : `says '${type}'`
  const text = new TextDecoder('latin1').decode(head)
  if (/^\s*--[^\r\n]{1,200}\r?\ncontent-/i.test(text)) {
    return isForm(type)
      ? wrong('This route takes JSON, not a form.')
      : wrong(
          `The body is a form, but the header Content-Type ${said}. It must be multipart/form-data with the form's ` +
            'boundary, which HTTP clients set by themselves when nobody sets the header by hand.',
        )
  }
  const image = readImageHeader(head)
  if (image !== undefined) {
    return wrong(
      `The body is a picture (${image.contentType}), and Content-Type ${said}: send it in a form, or as a data URI in JSON.`,
    )
  }
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return wrong('The body is compressed with gzip, but no header Content-Encoding says so.')
  }
  if (isWide(head)) return wrong('The body is text in UTF-16 or UTF-32: JSON is sent in UTF-8.')
  return describeText(text.trimStart(), type, said)
}

function describeText(text: string, type: string, said: string): ProblemError | undefined {
  if (text.startsWith('{') || text.startsWith('[')) return undefined
  if (/^[\w.\-[\]%+]{1,100}=/.test(text)) {
    return wrong(`The body is a web form (a=1&b=2), and Content-Type ${said}: send a JSON object.`)
  }
  if (text.startsWith('<')) {
    return wrong(`The body is XML or HTML, and Content-Type ${said}: send a JSON object.`)
  }
  if (isForm(type)) return wrong(`Content-Type ${said}, but the body is no form.`)
  return undefined
}

/** Letters of a header in a message. */
const MOST_NAMED = 100

function isForm(type: string): boolean {
  return /^multipart\//i.test(type.trim())
}

/** By its mark, or by the zeros beside ASCII. */
function isWide(head: Uint8Array): boolean {
  const [first, second] = head
  return (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (head.byteLength > 1 && (first === 0 || second === 0))
  )
}

function wrong(message: string): ProblemError {
  return new ProblemError({
    kind: 'invalid_request',
    message,
    param: 'Content-Type',
    mistake: 'no_json',
  })
}
