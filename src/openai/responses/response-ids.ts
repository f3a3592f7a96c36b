/**
 * The ids of the Responses API hold a job's id, so that nothing needs to be stored: it is signed and bound
 * to its caller. What stands in front of it is not signed and opens nothing that the job's id does not.
 */
export function toResponseId(jobId: string, background: boolean): string {
  return `resp_${background ? 'bg_' : ''}${jobId.slice(JOB.length)}`
}

const JOB = 'job_'

/** Stands for the id of a job that cannot be found again: ids made of it lead nowhere. */
export function toUnkeptId(requestId: string): string {
  return `${JOB}unkept_${requestId}`
}

/** Whether an id is one of those. */
export function isUnkept(id: string): boolean {
  return /^(?:resp|ig_0)_unkept_/.test(id)
}

/** What is behind the words is a signed token: its facts and its signature, with a dot between. */
const RESPONSE_ID = /^resp_(bg_)?([\w-]+\.[\w-]+)$/

/** What a response's id says; undefined: it is none of ours. */
export function fromResponseId(
  id: string,
): { readonly jobId: string; readonly background: boolean } | undefined {
  const match = RESPONSE_ID.exec(id)
  if (match?.[2] === undefined) return undefined
  return { jobId: `${JOB}${match[2]}`, background: match[1] !== undefined }
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
