// Written by `npm run models:update`; do not change it by hand.

/** What an endpoint gives back whose row says nothing of it. */
export const OUTPUT = ['text', 'words'] as const

/** One endpoint a line, and the numbers of its fields in `FIELDS`. */
export const ENDPOINTS =
  'fal-ai/audio-understanding 1 l 7z >output\nfal-ai/elevenlabs/speech-to-text zp\nfal-ai/elevenlabs/speech-to-text/scribe-v2 zp\nfal-ai/nemotron/asr l 14 >output~partial\nfal-ai/speech-to-text 130 >output~partial\nfal-ai/speech-to-text/turbo 130 >output~partial\nfal-ai/whisper 9 l 48 5r 85 ie nw 10m >chunks~diarization_segments~inferred_languages~text\nfal-ai/wizper 5q k7 kg 13j >chunks~languages~text'
