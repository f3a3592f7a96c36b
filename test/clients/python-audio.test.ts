import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { pythonTestsLeftOut, startPython, type Python } from '../support/python.ts'
import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

// The official client for Python, which validates every answer against its own types.

const TEXT = 'The quick brown fox jumps over the lazy dog. It was not amused.'

describe.skipIf(pythonTestsLeftOut() !== undefined)('openai-python and sound', () => {
  let stack: Stack
  let python: Python

  beforeAll(async () => {
    stack = await startStack({ ledger: 'temporary' })
    python = startPython()
  })
  afterAll(async () => {
    await python.close()
    await stack.close()
  })

  async function run(code: string, key = ACCESS_KEY): Promise<unknown> {
    const options = `base_url="${stack.gateway.url}/v1", api_key="${key}", _strict_response_validation=True`
    return python.run(`
client = openai.OpenAI(${options})
def speak(text="${TEXT}", **more):
    return client.audio.speech.create(**{"model": "tts-1", "voice": "alloy", "input": text, **more})
def write(**more):
    sound = ("speech.mp3", speak().content)
    return client.audio.transcriptions.create(**{"model": "whisper-1", "file": sound, **more})
${code}`)
  }

  // Shows: openai-python/speech, openai-python/strict-types
  test('speaks, whole and while it arrives', async () => {
    const answer = await run(`
with client.audio.speech.with_streaming_response.create(
    model="tts-1", voice="alloy", input="${TEXT}", response_format="wav"
) as response:
    streamed = b"".join(response.iter_bytes())
answer = [streamed[:4].decode(), speak(response_format="wav").content == streamed]`)
    expect(answer).toEqual(['RIFF', true])
  })

  // Shows: openai-python/transcripts, openai-python/strict-types
  test('writes down in every format', async () => {
    const answer = await run(`
verbose = write(response_format="verbose_json", timestamp_granularities=["word", "segment"])
# Older clients know no such segments, and give what came.
diarized = write(model="gpt-4o-transcribe-diarize", response_format="diarized_json")
answer = [
    write().text,
    write(response_format="text"),
    write(response_format="srt").split("\\n")[0],
    write(response_format="vtt").split("\\n")[0],
    verbose.text, verbose.words[0].word, verbose.segments[1].text,
    dict(diarized.segments[0])["speaker"],
]`)
    expect(answer).toEqual([
      TEXT,
      `${TEXT}\n`,
      '1',
      'WEBVTT',
      TEXT,
      'The',
      'It was not amused.',
      'A',
    ])
  })

  // Shows: openai-python/transcripts
  test('is told in events', async () => {
    const answer = await run(`
events = write(model="gpt-4o-transcribe", stream=True)
answer = [event.type for event in events]`)
    expect(answer).toEqual(['transcript.text.delta', 'transcript.text.done'])
  })

  // Shows: openai-python/transcripts
  test('translates', async () => {
    const answer = await run(`
sound = ("speech.mp3", speak().content)
answer = client.audio.translations.create(model="whisper-1", file=sound).text`)
    expect(answer).toContain(TEXT)
  })

  // Shows: openai-python/errors
  test.for([
    ['BadRequestError', 'speak(voice="darth")', 'voice'],
    ['BadRequestError', 'speak("a [[fail:content_policy_violation]]")', 'input'],
    ['NotFoundError', 'speak(model="tts-9")', 'model'],
    [
      'BadRequestError',
      'write(model="cohere-transcribe", response_format="srt")',
      'response_format',
    ],
    ['InternalServerError', 'speak("a [[result:500]]")', null],
    ['InternalServerError', 'speak("a [[fail:internal_server_error]]")', null],
    [
      'BadRequestError',
      'client.audio.transcriptions.create(model="whisper-1", file=("a.mp3", b"<!doctype html>"))',
      'file',
    ],
    [
      'BadRequestError',
      'client.audio.translations.create(model="scribe-v2", file=("a.mp3", speak().content))',
      'model',
    ],
  ] as const)('%s for %s', async ([name, work, param]) => {
    const answer = await run(`
try:
    ${work}
    answer = None
except openai.APIStatusError as error:
    answer = [type(error).__name__, error.param]`)
    expect(answer).toEqual([name, param])
  })

  // Shows: openai-python/errors
  test.for([
    ['RateLimitError', 'locked-1:x', 'insufficient_quota'],
    ['InternalServerError', 'bad-1:x', 'upstream_auth_failed'],
  ] as const)('%s for what is wrong with the fal key %s', async ([name, key, code]) => {
    const gateway = await startGateway(stack.fal.url, { FAL_API_KEY: key })
    const answer = await python.run(`
client = openai.OpenAI(base_url="${gateway.url}/v1", api_key="${ACCESS_KEY}", max_retries=0)
try:
    client.audio.speech.create(model="tts-1", voice="alloy", input="a")
except openai.APIStatusError as error:
    answer = [type(error).__name__, error.code]`)
    await gateway.close()
    expect(answer).toEqual([name, code])
  })

  // Shows: openai-python/errors
  test('ConflictError for a key that was used for something else', async () => {
    const answer = await run(`
key = {"idempotency-key": "spoken-once"}
speak("one", extra_headers=key)
try:
    speak("another", extra_headers=key)
except openai.ConflictError as error:
    answer = error.status_code`)
    expect(answer).toBe(409)
  })

  // Shows: openai-python/errors
  test('APITimeoutError when its patience ends', async () => {
    const answer = await run(`
try:
    client.with_options(timeout=0.5, max_retries=0).audio.speech.create(
        model="tts-1", voice="alloy", input="a [[queue:3s]]"
    )
except openai.APITimeoutError as error:
    answer = type(error).__name__`)
    expect(answer).toBe('APITimeoutError')
  })

  // Shows: openai-python/errors
  test('a failure in a stream of a transcript is an APIError', async () => {
    const answer = await run(`
try:
    for event in write(model="gpt-transcribe", stream=True, extra_body={
        "keywords": ["[[run:300ms]] [[fail:content_policy_violation]]"]
    }):
        pass
except openai.APIError as error:
    answer = error.code`)
    expect(answer).toBe('content_policy_violation')
  })

  // Shows: openai-python/errors
  test('AuthenticationError for a wrong key', async () => {
    const answer = await run(
      `
try:
    speak()
except openai.AuthenticationError as error:
    answer = error.code`,
      'sk-wrong',
    )
    expect(answer).toBe('invalid_api_key')
  })
})
