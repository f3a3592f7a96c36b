import { createCatalogue } from '../src/models/catalogue/catalogue.ts'
import { endpointsOf, type ModelSpec } from '../src/models/model-spec.ts'
import { toLine } from './catalogue/model-facts.ts'
import { answerHelp } from './lib/usage.ts'

answerHelp(`npm run models:search -- [WORDS]

Searches the catalogue: kontext edit. A model is shown when its names, its maker, its endpoint ids and what
it does (generate, edit, several, inpaint) hold every word; without words all are shown.`)

const words = process.argv.slice(2).map((word) => word.toLowerCase())
const models = createCatalogue('imagen4-preview').all()
const found = models.filter((model) => {
  const text = textOf(model)
  return words.every((word) => text.includes(word))
})

for (const model of found) {
  const [name, ...further] = model.names
  console.log(further.length === 0 ? name : `${name} (also ${further.join(', ')})`)
  for (const [slot, spec] of slotsOf(model)) {
    console.log(`  ${slot.padEnd(9)}${spec.id}`)
    console.log(`  ${' '.repeat(9)}${toLine(spec).replaceAll('`', '')}`)
  }
}
console.log(
  `${found.length} of ${models.length} models${words.length === 0 ? '' : ` for ${words.join(' ')}`}`,
)
if (found.length === 0) process.exitCode = 1

function textOf(model: ModelSpec): string {
  const slots = slotsOf(model).map(([slot]) => slot)
  const ids = endpointsOf(model).map(({ id }) => id)
  return [...model.names, model.owner, ...ids, ...slots].join(' ').toLowerCase()
}

function slotsOf({ generate, edit, editMany, inpaint }: ModelSpec) {
  const slots = [
    ['generate', generate],
    ['edit', edit],
    ['several', editMany],
    ['inpaint', inpaint],
  ] as const
  return slots.flatMap(([name, spec]) => (spec === undefined ? [] : [[name, spec] as const]))
}
