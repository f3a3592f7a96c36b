/**
 * Whether a field of fal's may be sent as it is to an endpoint that makes or hears sound; the fields which
 * words of the job become are not among an endpoint's further fields.
 */
export function isPassedAudio(name: string): boolean {
  // Words of OpenAI's, which a few endpoints have for something else.
  return name !== 'model' && name !== 'sync_mode'
}
