/** The Cache API, as it comes in as an argument; where there is none, every call fails. */
export interface WebCache {
  match(url: string): Promise<Response | undefined>
  put(url: string, response: Response): Promise<void>
}
