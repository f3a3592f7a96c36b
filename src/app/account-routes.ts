import { serveJobList, serveUsage } from '../routes/serve-account.ts'
import { serveJobContent } from '../routes/serve-job-content.ts'
import { serveJobCancellation, serveJobLookup } from '../routes/serve-job-lookup.ts'
import { idOf, type Route } from './route.ts'
import type { Services } from './services.ts'

/** What a caller has ordered and used. The longer paths are older; either finds any job. */
export function accountRoutes(service: Services): readonly Route[] {
  const list: Route['serve'] = (context) => serveJobList(context, service)
  const look: Route['serve'] = (context, to) => serveJobLookup(idOf(to), context, service)
  const cancel: Route['serve'] = (context, to) => serveJobCancellation(idOf(to), context, service)
  return [
    { method: 'GET', path: '/jobs', serve: list },
    { method: 'GET', path: '/jobs/:id', serve: look },
    {
      method: 'GET',
      path: '/jobs/:id/content',
      serve: (context, to) => serveJobContent(idOf(to), context, service),
    },
    { method: 'DELETE', path: '/jobs/:id', serve: cancel },
    { method: 'GET', path: '/images/jobs', serve: list },
    { method: 'GET', path: '/images/jobs/:id', serve: look },
    { method: 'DELETE', path: '/images/jobs/:id', serve: cancel },
    {
      method: 'GET',
      path: '/usage',
      serve: (context) => serveUsage(context, service),
    },
  ]
}
