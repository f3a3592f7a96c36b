/** What a field is called on the page: by its name in `words`, else by fal's, as it is read aloud. */
export function fieldLabel(name: string, words: Readonly<Record<string, string>>): string {
  const plain = name.replaceAll('_', ' ')
  return words[name] ?? plain.charAt(0).toUpperCase() + plain.slice(1)
}
