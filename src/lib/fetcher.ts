/** `fetch`, as it comes in as an argument: nothing reaches the network but through one of these. */
export type Fetcher = (url: string, init?: RequestInit) => Promise<Response>
