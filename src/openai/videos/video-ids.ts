/** A job's id as a video's: clients of videos know them by their beginning. */
export function toVideoId(jobId: string): string {
  return jobId.replace(/^job_/, 'video_')
}

/** undefined: it is no video's id. */
export function fromVideoId(id: string): string | undefined {
  return id.startsWith('video_') ? id.replace(/^video_/, 'job_') : undefined
}
