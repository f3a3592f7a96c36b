/**
 * Prints how a command is used and ends the process, where `--help` or `-h` asks for it. A command calls it
 * before it does anything. What stands behind `--` is no option.
 */
export function answerHelp(usage: string): void {
  const words = process.argv.slice(2)
  const end = words.indexOf('--')
  const options = end < 0 ? words : words.slice(0, end)
  if (!options.some((word) => word === '--help' || word === '-h')) return
  console.log(usage)
  process.exit(0)
}
