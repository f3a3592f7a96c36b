import { defineSpeech, type SpeechSpec } from '../speech-spec.ts'

const text = { field: 'prompt' } as const
// No limits are stated; beyond these Kokoro's own server refuses.
const speed = { field: 'speed', min: 0.25, max: 4 } as const
const makes = 'wav'

/** An endpoint for each language; the first letter of a voice's name is its language. */
function language(
  id: string,
  names: readonly [string, ...string[]],
  customary: NonNullable<SpeechSpec['voice']>['customary'] = {},
): SpeechSpec {
  return {
    id: `fal-ai/kokoro/${id}`,
    text,
    voice: { field: 'voice', names, customary, required: names[0] },
    speed,
    makes,
    fields: [],
  }
}

export const kokoro = defineSpeech({
  medium: 'speech',
  names: ['kokoro'],
  owner: 'hexgrad',
  sound: 'speech',
  speak: {
    id: 'fal-ai/kokoro/american-english',
    text: { field: 'prompt', optional: true },
    voice: {
      field: 'voice',
      names: [
        'af_heart',
        'af_alloy',
        'af_aoede',
        'af_bella',
        'af_jessica',
        'af_kore',
        'af_nicole',
        'af_nova',
        'af_river',
        'af_sarah',
        'af_sky',
        'am_adam',
        'am_echo',
        'am_eric',
        'am_fenrir',
        'am_liam',
        'am_michael',
        'am_onyx',
        'am_puck',
        'am_santa',
      ],
      customary: {
        alloy: 'af_alloy',
        ash: 'am_michael',
        ballad: 'am_eric',
        coral: 'af_bella',
        echo: 'am_echo',
        onyx: 'am_onyx',
        nova: 'af_nova',
        sage: 'af_sarah',
        shimmer: 'af_sky',
        verse: 'am_liam',
        marin: 'af_heart',
        cedar: 'am_adam',
      },
    },
    speed,
    makes,
    fields: [],
  },
  more: [
    language(
      'british-english',
      [
        'bf_emma',
        'bf_alice',
        'bf_isabella',
        'bf_lily',
        'bm_daniel',
        'bm_fable',
        'bm_george',
        'bm_lewis',
      ],
      { fable: 'bm_fable' },
    ),
    language('spanish', ['ef_dora', 'em_alex', 'em_santa']),
    language('french', ['ff_siwis']),
    language('hindi', ['hf_alpha', 'hf_beta', 'hm_omega', 'hm_psi']),
    language('italian', ['if_sara', 'im_nicola']),
    language('japanese', ['jf_alpha', 'jf_gongitsune', 'jf_nezumi', 'jf_tebukuro', 'jm_kumo']),
    language('brazilian-portuguese', ['pf_dora', 'pm_alex', 'pm_santa']),
    language('mandarin-chinese', [
      'zf_xiaobei',
      'zf_xiaoni',
      'zf_xiaoxiao',
      'zf_xiaoyi',
      'zm_yunjian',
      'zm_yunxi',
      'zm_yunxia',
      'zm_yunyang',
    ]),
  ],
})
