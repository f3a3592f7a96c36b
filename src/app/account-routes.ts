import { idOf, type Route } from './route.ts'
import type { Services } from './services.ts'

const accounts = () => import('../routes/serve-account.ts')
const lookUps = () => import('../routes/serve-job-lookup.ts')

/** What a caller has ordered and used. The longer paths are older; either finds any job. */
export function accountRoutes(service: Services): readonly Route[] {
  const list: Route['serve'] = async (context) => (await accounts()).serveJobList(context, service)
  const look: Route['serve'] = async (context, to) =>
    (await lookUps()).serveJobLookup(idOf(to), context, service)
  const cancel: Route['serve'] = async (context, to) =>
    (await lookUps()).cancelJob(idOf(to), context, service)
  return [
    { method: 'GET', path: '/jobs', serve: list },
    { method: 'GET', path: '/jobs/:id', serve: look },
    {
      method: 'GET',
      path: '/jobs/:id/content',
      serve: async (context, to) => {
        const { serveJobContent } = await import('../routes/serve-job-content.ts')
        return serveJobContent(idOf(to), context, service)
      },
    },
    { method: 'DELETE', path: '/jobs/:id', serve: cancel },
    { method: 'GET', path: '/images/jobs', serve: list },
    { method: 'GET', path: '/images/jobs/:id', serve: look },
    { method: 'DELETE', path: '/images/jobs/:id', serve: cancel },
    {
      method: 'GET',
      path: '/usage',
      serve: async (context) => (await accounts()).serveUsage(context, service),
    },
  ]
}
