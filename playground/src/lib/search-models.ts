import type { Model } from '../api/models.ts'

/**
 * Models in whose names all words of a text are found; those whose own name begins with it come first.
 * Spaces, dots, dashes and underscores are alike, as they are at the gateway.
 */
export function searchModels(models: readonly Model[], text: string): readonly Model[] {
  const words = toPlain(text).split(' ').filter(Boolean)
  if (words.length === 0) return models
  const whole = words.join(' ')
  const found = models.filter(({ id, endpoint, maker }) => {
    const name = toPlain(`${id} ${endpoint} ${maker}`)
    return words.every((word) => name.includes(word))
  })
  const begins = ({ id }: Model): boolean => toPlain(id).startsWith(whole)
  return [...found.filter(begins), ...found.filter((model) => !begins(model))]
}

function toPlain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s._/-]+/g, ' ')
}
