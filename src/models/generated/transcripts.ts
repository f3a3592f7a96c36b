// Written by `npm run models:update`; do not change it by hand.

/** What an endpoint gives back whose row says nothing of it. */
export const OUTPUT = ['text', 'words'] as const

/** One input field a line. */
export const FIELDS =
  'audio_url|s|*\ntag_audio_events|b\nuse_pnc|b\nacceleration|s|:none~low~medium~high\nbatch_size|n\nchunk_level|s\nchunk_level|s|:none~segment~word\ndetailed_analysis|b\ndiarize|b\nlanguage|s|:af~am~ar~as~az~ba~be~bg~bn~bo~br~bs~ca~cs~cy~da~de~el~en~es~et~eu~fa~fi~fo~fr~gl~gu~ha~haw~he~hi~hr~ht~hu~hy~id~is~it~ja~jw~ka~kk~km~kn~ko~la~lb~ln~lo~lt~lv~mg~mi~mk~ml~mn~mr~ms~mt~my~ne~nl~nn~no~oc~pa~pl~ps~pt~ro~ru~sa~sd~si~sk~sl~sn~so~sq~sr~su~sv~sw~ta~te~tg~th~tk~tl~tr~tt~uk~ur~uz~vi~yi~yo~zh\nmax_segment_len|n\nmerge_chunks|b\nnum_speakers|n\nprompt|s\nprompt|s|*\ntask|s|:transcribe~translate\nversion|s'

/** One endpoint a line, and the numbers of its fields. */
export const ENDPOINTS =
  'fal-ai/audio-understanding 0 7 e >output\nfal-ai/elevenlabs/speech-to-text 1\nfal-ai/elevenlabs/speech-to-text/scribe-v2 1\nfal-ai/nemotron/asr 0 3 >output~partial\nfal-ai/speech-to-text 2 >output~partial\nfal-ai/speech-to-text/turbo 2 >output~partial\nfal-ai/whisper 0 4 6 8 9 c d f >chunks~diarization_segments~inferred_languages~text\nfal-ai/wizper 5 a b g >chunks~languages~text'
