import { defineSpeech } from '../speech-spec.ts'

export const lyria = defineSpeech({
  medium: 'speech',
  names: ['lyria-2', 'lyria'],
  owner: 'google',
  sound: 'music',
  speak: {
    id: 'fal-ai/lyria2',
    text: { field: 'prompt' },
    makes: 'wav',
    fields: ['negative_prompt', 'seed'],
  },
})

export const stableAudio = defineSpeech({
  medium: 'speech',
  names: ['stable-audio-2.5', 'stable-audio'],
  owner: 'stability-ai',
  sound: 'music',
  speak: {
    id: 'fal-ai/stable-audio-25/text-to-audio',
    text: { field: 'prompt' },
    // Its default, 190, is its longest.
    seconds: { field: 'seconds_total', whole: true, min: 1, max: 190 },
    fields: ['guidance_scale', 'num_inference_steps', 'seed'],
  },
})

export const aceStep = defineSpeech({
  medium: 'speech',
  names: ['ace-step'],
  owner: 'ace-step',
  sound: 'music',
  speak: {
    id: 'fal-ai/ace-step/prompt-to-audio',
    text: { field: 'prompt' },
    seconds: { field: 'duration', min: 5, max: 240 },
    fields: ['guidance_scale', 'instrumental', 'number_of_steps', 'scheduler', 'seed'],
  },
})

export const cassetteMusic = defineSpeech({
  medium: 'speech',
  names: ['cassette-music'],
  owner: 'cassetteai',
  sound: 'music',
  speak: {
    id: 'CassetteAI/music-generator',
    text: { field: 'prompt' },
    seconds: { field: 'duration', whole: true, min: 1, max: 180, required: 30 },
    fields: [],
  },
})

export const cassetteSounds = defineSpeech({
  medium: 'speech',
  names: ['cassette-sound-effects'],
  owner: 'cassetteai',
  sound: 'sounds',
  speak: {
    id: 'cassetteai/sound-effects-generator',
    text: { field: 'prompt' },
    seconds: { field: 'duration', whole: true, min: 1, max: 30, required: 10 },
    fields: [],
  },
})
