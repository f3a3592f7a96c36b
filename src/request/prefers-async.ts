/** RFC 7240: the job shall not hang on this connection. */
export function prefersAsync({ headers }: Request): boolean {
  return /\brespond-async\b/i.test(headers.get('prefer') ?? '')
}
