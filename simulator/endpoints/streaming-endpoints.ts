/** Endpoints that are known to stream behind `/stream`. Two more ids end in `/stream` by themselves. */
const STREAMING =
  /^(fal-ai\/flux\/(dev|schnell)|fal-ai\/flux-(krea-)?lora|fal-ai\/flux-kontext-lora|fal-ai\/gpt-image-1\.5\/edit|ideogram\/v4(\/.+)?|fal-ai\/speech-to-text(\/turbo)?)$/

export const isStreaming = (endpoint: string): boolean => STREAMING.test(endpoint)
