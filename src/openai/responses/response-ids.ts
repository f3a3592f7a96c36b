/**
 * The ids of the Responses API hold a job's id, so that nothing needs to be stored: it is signed and bound
 * to its caller. What stands in front of it is not signed and opens nothing that the job's id does not.
 */
export function toResponseId(
  jobId: string,
  { background, listed }: Pick<IdFacts, 'background' | 'listed'>,
): string {
  return `resp_${background ? 'bg_' : ''}${listed ? '' : ALONE}${jobId.slice(JOB.length)}`
}

/** What the id of a response says. */
interface IdFacts {
  readonly jobId: string
  readonly background: boolean
  /** Whether the tool `image_generation` was listed: else the message stands alone. */
  readonly listed: boolean
}

/** A token has one dot, so that these two are no beginning of one. */
const ALONE = 'm.'

/** The id of a response in words alone: nothing was made, and nothing is found by it. */
export function toWordsId(requestId: string): string {
  return `${WORDS}${requestId}`
}

const WORDS = 'resp_words_'

/** Whether an id is one of those. */
export function isWords(id: string): boolean {
  return id.startsWith(WORDS)
}

/** The id of the message that a response ends with. */
export function toMessageId(responseId: string): string {
  return `msg_${responseId.replace(/^resp_/, '')}`
}

const JOB = 'job_'

/** Stands for the id of a job that cannot be found again: ids made of it lead nowhere. */
export function toUnkeptId(requestId: string): string {
  return `${JOB}unkept_${requestId}`
}

/** Whether an id is one of those. */
export function isUnkept(id: string): boolean {
  return /^(?:resp(?:_m\.|_)|ig_0_)unkept_/.test(id)
}

/** What is behind the words is a signed token: its facts and its signature, with a dot between. */
const RESPONSE_ID = /^resp_(bg_)?(m\.)?([\w-]+\.[\w-]+)$/

/** What a response's id says; undefined: it is none of ours. */
export function fromResponseId(id: string): IdFacts | undefined {
  const match = RESPONSE_ID.exec(id)
  if (match?.[3] === undefined) return undefined
  const [, background, alone, token] = match
  return {
    jobId: `${JOB}${token}`,
    background: background !== undefined,
    listed: alone === undefined,
  }
}

/** The id of one image of a job, the first being 0. */
export function toImageId(jobId: string, index: number): string {
  return `ig_${index}_${jobId.slice(JOB.length)}`
}

const IMAGE_ID = /^ig_(\d{1,2})_([\w-]+\.[\w-]+)$/

/** Which image of which job is meant; undefined: it is no id of ours. A response means its last. */
export function fromImageId(
  id: string,
): { readonly jobId: string; readonly index: number } | undefined {
  const match = IMAGE_ID.exec(id)
  if (match?.[2] !== undefined) return { jobId: `${JOB}${match[2]}`, index: Number(match[1]) }
  const response = fromResponseId(id)
  return response === undefined ? undefined : { jobId: response.jobId, index: -1 }
}
