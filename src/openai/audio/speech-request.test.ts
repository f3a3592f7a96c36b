import { describe, test } from 'vitest'

import { readSpeechRequest } from './speech-request.ts'

const LEAST = { model: 'tts-1', input: ' Hello ', voice: 'alloy' }

const JOB = {
  medium: 'speech',
  count: 1,
  model: 'tts-1',
  text: 'Hello',
  voice: 'alloy',
  instructions: undefined,
  speed: undefined,
  seconds: undefined,
  format: 'mp3',
  extra: {},
}

describe('a request for speech', () => {
  test('as the SDKs send it', ({ expect }) => {
    expect(readSpeechRequest(LEAST, undefined)).toEqual({ streaming: false, job: JOB })
    const all = {
      ...LEAST,
      instructions: 'calm',
      response_format: 'wav',
      speed: 1.1,
      stream_format: 'sse',
      stability: 0.3,
      user: 'u',
    }
    expect(readSpeechRequest(all, 'other')).toEqual({
      streaming: true,
      job: {
        ...JOB,
        instructions: 'calm',
        format: 'wav',
        speed: 1.1,
        extra: { stability: 0.3 },
      },
    })
  })

  test('with the model in the path, a voice that is an object, numbers as text, nulls', ({
    expect,
  }) => {
    const body = {
      input: 'Hello',
      voice: { id: 'voice_1' },
      speed: '1.5',
      duration: '30',
      instructions: null,
      response_format: null,
      extra_body: { voice_setting: { emotion: 'happy' } },
    }
    expect(readSpeechRequest(body, 'kokoro').job).toEqual({
      ...JOB,
      model: 'kokoro',
      voice: 'voice_1',
      speed: 1.5,
      seconds: 30,
      extra: { voice_setting: { emotion: 'happy' } },
    })
  })

  test.for<[Record<string, unknown>, string, string]>([
    [{ model: 'tts-1' }, 'input', "Missing required parameter: 'input'."],
    [
      { ...LEAST, input: 7 },
      'input',
      "Invalid type for 'input': expected string, received number.",
    ],
    [
      { ...LEAST, speed: 5 },
      'speed',
      "Invalid value for 'speed': expected a number from 0.25 to 4.",
    ],
    [
      { ...LEAST, response_format: 'mp4' },
      'response_format',
      `Invalid value for 'response_format': expected one of "mp3"|"opus"|"aac"|"flac"|"wav"|"pcm".`,
    ],
  ])('%j is refused by name', ([body, param, message], { expect }) => {
    expect(problemOf(() => readSpeechRequest(body, undefined))).toMatchObject({ param, message })
  })
})

function problemOf(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error instanceof Error && 'problem' in error ? error.problem : error
  }
}
