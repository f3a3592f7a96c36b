import { serveJobList, serveUsage, type AccountService } from '../routes/serve-account.ts'
import type { ImageService } from '../routes/serve-image.ts'
import { serveJobContent } from '../routes/serve-job-content.ts'
import { cancelJob, serveJobLookup, type JobService } from '../routes/serve-job-lookup.ts'
import { idOf, type Route } from './route.ts'

/** What a caller has ordered and used. The longer paths are older; either finds any job. */
export function accountRoutes(
  service: AccountService & JobService & ImageService,
): readonly Route[] {
  return [
    { method: 'GET', path: '/jobs', serve: (context) => serveJobList(context, service) },
    {
      method: 'GET',
      path: '/jobs/:id',
      serve: (context, to) => serveJobLookup(idOf(to), context, service),
    },
    {
      method: 'GET',
      path: '/jobs/:id/content',
      serve: (context, to) => serveJobContent(idOf(to), context, service),
    },
    {
      method: 'DELETE',
      path: '/jobs/:id',
      serve: (context, to) => cancelJob(idOf(to), context, service),
    },
    { method: 'GET', path: '/images/jobs', serve: (context) => serveJobList(context, service) },
    {
      method: 'GET',
      path: '/images/jobs/:id',
      serve: (context, to) => serveJobLookup(idOf(to), context, service),
    },
    {
      method: 'DELETE',
      path: '/images/jobs/:id',
      serve: (context, to) => cancelJob(idOf(to), context, service),
    },
    { method: 'GET', path: '/usage', serve: (context) => serveUsage(context, service) },
  ]
}
