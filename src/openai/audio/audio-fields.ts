/** What fal's fields are called in a request for speech. */
export const SPEECH_FIELDS: ReadonlyMap<string, string> = new Map([
  ['text', 'input'],
  ['prompt', 'input'],
  ['gen_text', 'input'],
  ['script', 'input'],
  ['voice_setting', 'voice'],
  ['voice_id', 'voice'],
  ['output_format', 'response_format'],
  ['audio_setting', 'response_format'],
  ['style_instructions', 'instructions'],
  ['voice_instruction', 'instructions'],
  ['duration', 'seconds'],
  ['seconds_total', 'seconds'],
  ['music_length_ms', 'seconds'],
])

/** What fal's fields are called in a request for a transcript. */
export const TRANSCRIPT_FIELDS: ReadonlyMap<string, string> = new Map([
  ['audio_url', 'file'],
  ['language_code', 'language'],
  ['keyterms', 'keywords'],
])
