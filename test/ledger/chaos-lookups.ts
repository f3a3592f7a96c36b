import * as z from 'zod'

import { IMAGES_A_PART } from './chaos-orders.ts'

/** What is told of jobs that are looked up. */
export interface Told {
  /** fal's ids of what is paid for by now. */
  readonly paid: () => ReadonlySet<string>
  /** Of requests that are said to have failed, or of which a part is told to be all: they are put in here. */
  readonly belied: Set<string>
}

/** All of fal's requests whose pictures a caller can get by what the gateway lists. */
export async function reachable(
  url: string,
  key: string,
  { paid, belied }: Told,
): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${key}` }
  const get = async (route: string): Promise<unknown> =>
    (await fetch(`${url}/v1${route}`, { headers })).json()
  const jobs = list.parse(await get('/images/jobs')).data.filter(({ id }) => !isVideo(id))
  const videos = list.parse(await get('/videos?limit=100')).data
  const routes = [
    ...jobs.map(({ id }) => ({ route: `/images/jobs/${id}`, id })),
    ...videos.map(({ id }) => ({ route: `/videos/${id}`, id: id.replace('video_', 'job_') })),
  ]
  const ids = await Promise.all(
    routes.map(async ({ route, id }) => {
      // A fault may be left that nobody has met yet.
      for (let look = 0; look < 4; look += 1) {
        const read = found.safeParse(await get(route))
        if (isBelied(id, read.data, paid())) for (const one of requestsOf(id)) belied.add(one)
        if (read.data?.status === 'completed') return requestsOf(id)
      }
      return []
    }),
  )
  return ids.flat()
}

const list = z.object({ data: z.array(z.object({ id: z.string() })) })
const found = z.object({
  status: z.string(),
  // Of images; of other kinds of work it looks otherwise.
  result: z
    .object({ data: z.array(z.unknown()) })
    .optional()
    .catch(undefined),
})
const token = z
  .tuple([z.number(), z.string(), z.string(), z.array(z.unknown()), z.number()])
  .rest(z.unknown())

/** What a job's id holds for all to read. */
function factsOf(jobId: string): z.infer<typeof token> {
  const [body = ''] = jobId.replace('job_', '').split('.')
  return token.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
}

/** fal's ids of the requests behind a job's id. */
function requestsOf(jobId: string): readonly string[] {
  return factsOf(jobId)[3].map((part) => String(Array.isArray(part) ? part[0] : part))
}

/** Whether what is told of a job is not all, and not because fal failed the rest. */
function isBelied(
  jobId: string,
  told: z.infer<typeof found> | undefined,
  paid: ReadonlySet<string>,
): boolean {
  if (told?.status !== 'completed') return told?.status === 'failed'
  const requests = requestsOf(jobId)
  // What fal told of a part before the job was noted is a job of that part.
  const whole = Math.min(factsOf(jobId)[4], requests.length * IMAGES_A_PART)
  const isHalf = (told.result?.data.length ?? Infinity) < whole
  return isHalf && requests.every((id) => paid.has(id))
}

const isVideo = (jobId: string): boolean => factsOf(jobId)[8] === 'video'
