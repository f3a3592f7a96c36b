import * as z from 'zod/mini'

import { once } from '../../lib/once.ts'

const toolShape = once(() =>
  z.catch(
    z.looseObject({
      type: z.optional(z.string()),
      name: z.optional(z.string()),
      function: z.optional(z.looseObject({ name: z.optional(z.string()) })),
    }),
    {},
  ),
)

/** More tools are not looked at. */
const MOST_TOOLS = 64

/** What tools are called, in either API's form; one without a name has an empty one. */
export function toolNames(tools: readonly unknown[]): readonly string[] {
  return tools.slice(0, MOST_TOOLS).map((tool) => {
    const { type, name, function: called } = toolShape().parse(tool)
    return called?.name ?? name ?? type ?? ''
  })
}
