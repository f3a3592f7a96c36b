import { expect, test } from 'vitest'

import type { ModelField } from '../../src/job/model-card.ts'
import { problemOf } from '../../src/job/problem.ts'
import { createCatalogue } from '../../src/models/catalogue/catalogue.ts'
import { toFalInput } from '../../src/models/images/fal-input.ts'
import { toModelDetail } from '../../src/models/model-cards.ts'
import { endpointsOf, type EndpointSpec } from '../../src/models/model-spec.ts'
import { imagesGenerations } from '../../src/openai/images/images-generations.ts'

const FACTS = {
  requestId: 'req_1',
  nowSeconds: 0,
  defaultModel: 'imagen4-preview',
  given: undefined,
  deployment: undefined,
  medium: 'image' as const,
}

const catalogue = createCatalogue('imagen4-preview')
const models = catalogue.all().map(({ names: [name] }) => catalogue.resolve(name))

test('every field that a model offers reaches fal when it is sent', () => {
  const lost = models.flatMap((model) => {
    const [main] = endpointsOf(model)
    if (main === undefined) return [model.names[0]]
    const { fields } = toModelDetail(model)
    return fields
      .map((field) => ({ field: field.name, fate: fateOf(field, fields, main) }))
      .filter(({ fate }) => fate !== 'sent')
      .map(({ field, fate }) => `${main.id}: ${field} is ${fate}`)
  })
  expect(lost).toEqual([])
  expect(models.length).toBeGreaterThan(400)
})

/** A field whose values nobody knows is sent as a text, and refused where that cannot be. */
function fateOf(...of: Parameters<typeof reaches>): string {
  try {
    return reaches(...of) ? 'sent' : 'lost'
  } catch (error) {
    const problem = problemOf(error)
    const why = problem.kind === 'invalid_request' ? problem.message : problem.kind
    return `refused (${why}): say what it takes in \`checks\``
  }
}

function reaches(field: ModelField, all: readonly ModelField[], endpoint: EndpointSpec): boolean {
  const needed = all.filter(({ required }) => required)
  const sent = [...needed, field].map((one) => [one.name, legalValue(one)] as const)
  const call = imagesGenerations.read({ prompt: 'a cat', ...Object.fromEntries(sent) }, FACTS)
  if (call.kind !== 'job' || call.medium !== 'image') return false
  const { inputs, adjusted } = toFalInput(
    { ...call.job, sources: [], earlier: undefined, mask: undefined },
    endpoint,
  )
  const { quality, background, moderation } = endpoint
  const ladders = new Map(Object.entries({ quality, background, moderation }))
  const name = endpoint.fields.includes(field.name) ? field.name : ladders.get(field.name)?.field
  return inputs.every((input) => name !== undefined && name in input) && adjusted.length === 0
}

/** The first of the values, else one that the type allows. */
function legalValue({ type, values = [], min, max }: ModelField): unknown {
  if (values.length > 0) return values[0]
  switch (type) {
    case 'integer':
    case 'number':
      return min ?? max ?? 1
    case 'boolean':
      return true
    case 'array':
      return ['a']
    case 'object':
      return { a: 1 }
    default:
      return 'a'
  }
}
