import * as z from 'zod'

const reply = z.object({ models: z.array(z.object({ openapi: z.unknown() })) })

/** The pretend fal's own description of an endpoint. */
export async function fetchDocument(fal: string, id: string): Promise<unknown> {
  const query = new URLSearchParams({ endpoint_id: id, expand: 'openapi-3.0' })
  const response = await fetch(`${fal}/api/v1/models?${query}`)
  return reply.parse(await response.json()).models[0]?.openapi
}
