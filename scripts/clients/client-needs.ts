/** What a client asks of an OpenAI server, beyond what the others do. */
interface Need {
  /** The part of the API. */
  readonly surface: string
  readonly need: string
}

/** A client, and how it takes part in the tests. */
interface Client {
  readonly name: string
  /** Its npm packages, run unmodified; none: its requests are written down as its source makes them. */
  readonly packages: readonly string[]
  /** What its users should know. */
  readonly note?: string
  /** By a short name, under which tests say that they show it. */
  readonly needs: Readonly<Record<string, Need>>
}

const images = (need: string): Need => ({ surface: 'images', need })
const edits = (need: string): Need => ({ surface: 'edits', need })
const chat = (need: string): Need => ({ surface: 'chat', need })
const responses = (need: string): Need => ({ surface: 'Responses', need })
const videos = (need: string): Need => ({ surface: 'videos', need })
const speech = (need: string): Need => ({ surface: 'speech', need })
const transcripts = (need: string): Need => ({ surface: 'transcripts', need })
const models = (need: string): Need => ({ surface: 'models', need })
const all = (need: string): Need => ({ surface: 'all', need })

/** Apps ask for it by themselves. */
const title = (): Need => chat('The title of a conversation without a picture')

const REPEATS =
  'It repeats a failure of 500 and more by itself and does not obey `x-should-retry`: what it sends again within 20 s is served by the first job. The isolate remembers that, and there may be several: `maxRetries: 0` leaves no doubt.'

/**
 * Every client that docs/compatibility.md speaks of. A test shows a need by a comment above it:
 * `// Shows: open-webui/base64`.
 */
export const CLIENTS: Readonly<Record<string, Client>> = {
  'openai-node': {
    name: 'openai-node',
    packages: ['openai'],
    needs: {
      images: images('A picture by its address, or as base64'),
      'images-stream': images('Events with every required field; an error makes it throw'),
      edits: edits('Uploads of one picture, several, and a mask'),
      files: edits('A file kept once and edited by its id'),
      variations: { surface: 'variations', need: 'A picture alone, without words' },
      chat: chat('A completion, and chunks of one id that end with `[DONE]`'),
      'chat-video': chat('A video as a link and a player, plain and in one delta'),
      'chat-audio': chat('`message.audio` and `delta.audio`, and `input_audio` written down'),
      'chat-helper': chat('`chat.completions.stream`, whose parts add up to the plain answer'),
      responses: responses('A picture as the output of the tool, plain and by the helper'),
      'responses-stream': responses('Every event in its order, numbered without a gap'),
      background: responses('`background`, `retrieve` and `cancel`'),
      'responses-media': responses('Videos, speech and transcripts as a message'),
      webhooks: responses('`webhooks.unwrap` checks and reads what is sent of a background job'),
      'previous-response': responses('`previous_response_id`, or the id of a picture alone'),
      videos: videos(
        'Created with and without a file, polled, downloaded, listed by pages, deleted',
      ),
      'video-works': videos('Remixed, edited and extended, by an id or a file; characters'),
      speech: speech('Every format, whole and in events'),
      transcripts: transcripts('Every format, whole and in events; translations'),
      models: models('The list, and one model by any spelling of its id'),
      types: all('The types of its package, for every answer and every event'),
      errors: all('The class, `status`, `code`, `param`, `type` and `requestID` of each failure'),
      'one-payment': all('No retry of what may have been charged'),
      'stream-errors': all('A failure inside a stream throws, one before it is an HTTP error'),
      leaving: all('An abort ends the job that waits and frees what is open'),
    },
  },
  azure: {
    name: 'AzureOpenAI of openai-node',
    packages: ['openai'],
    needs: {
      images: images('The model in the path, the key in `api-key`'),
      edits: edits('A form under a deployment'),
      chat: chat('Plain and as a stream under a deployment'),
      responses: responses('Paths without a deployment; files and models as well'),
      speech: speech('The model in the path, the key in `api-key`'),
    },
  },
  'openai-python': {
    name: 'openai-python',
    packages: [],
    note: 'Those of 3.22.1 were seen on the wire. Its package runs unmodified as well, as Debian has it (1.69.0), where a Python with it is found.',
    needs: {
      images: images('`size: "auto"` and no `response_format`'),
      edits: edits('One picture as the last part of the form'),
      'edits-many': edits('Several pictures as `image[]`, and a mask'),
      bytes: edits('Bytes without a file name or a type'),
      variations: { surface: 'variations', need: 'A picture alone, without words' },
      models: models('An id with its slashes encoded'),
      chat: chat('A completion whose text shows the picture'),
      'chat-stream': chat('Chunks of one id, the picture in one of them'),
      responses: responses('The picture as the result of the tool'),
      'video-polls': videos('`openai-poll-after-ms`, by which its poll helper waits'),
      speech: speech('Bytes, whole and while they arrive'),
      transcripts: transcripts('Every format, whole and in events; translations'),
      'strict-types': all('Its own parser, which validates every answer'),
      errors: all('The class, `status_code`, `code`, `param` and `request_id` of each failure'),
      'one-payment': all('No retry of what may have been charged'),
    },
  },
  browser: {
    name: 'openai-node in a browser',
    packages: ['openai', 'playwright-core'],
    needs: {
      preflight: all('Preflights, and headers that a page may read'),
      edits: edits('A file of the page, uploaded'),
      streams: all('Streams of chat, images and Responses'),
      errors: all('Every field of an error, before and inside a stream'),
      leaving: all('A page that is left ends its job, if that waits, and frees what is open'),
      origins: all('No answer for an origin that is not allowed'),
    },
  },
  'ai-sdk': {
    name: 'AI SDK',
    packages: ['ai', '@ai-sdk/openai', '@ai-sdk/openai-compatible'],
    note: REPEATS,
    needs: {
      images: images('Several pictures as base64, of the size asked for'),
      'openai-names': images('Base64 without a `response_format` for names of OpenAI'),
      edits: edits('Several pictures, unchanged and in order'),
      mask: edits('A mask'),
      chat: chat('A streamed text that shows the picture'),
      responses: responses('The picture as the result of the tool'),
      errors: all('A message that says what to do; a mistake is not repeated'),
    },
  },
  'openai-agents': {
    name: 'OpenAI Agents SDK',
    packages: ['@openai/agents'],
    needs: {
      run: responses(
        'One wish is one picture, and the final output shows it; plain and as a stream',
      ),
      tool: responses('`imageGenerationTool`, with the picture among the items'),
      words: responses('A greeting ends in words, and costs nothing'),
    },
  },
  langchain: {
    name: 'LangChain',
    packages: ['@langchain/openai', '@langchain/core'],
    note: REPEATS,
    needs: {
      chat: chat('A message, and a stream, whose text shows the picture'),
      'chat-edit': chat('A picture in the message, and the one of an earlier answer'),
      'dall-e': images('`DallEAPIWrapper`: an address or base64, one request a picture'),
      tool: responses('`tools.imageGeneration`, plain and as a stream'),
      turns: responses('The picture of the message before is worked on'),
      text: responses('`useResponsesApi` with a parser of text, plain and as a stream'),
      errors: all('A code that it knows; one submit'),
    },
  },
  'open-webui': {
    name: 'Open WebUI',
    packages: [],
    note: 'It fetches an address with the headers of its own request, the access key among them: whoever serves the pictures sees that key.',
    needs: {
      base64: images('Base64 where it asks for it'),
      address: images('An address that answers with `image/*`, whatever headers it sends'),
      edits: edits('`image` or `image[]`'),
      chat: chat('The markdown of a picture in one piece'),
      video: chat('The player of a video as a block of HTML of its own'),
      tasks: chat('Titles, tags and follow-up questions without a picture'),
      models: models('A `name` that is never null'),
      speech: speech('An MP3, for a text with a voice and a model'),
      menus: speech('The voices and the models for its menus, which it asks for without a key'),
      transcripts: transcripts('JSON with a `text`, for a form whose file comes last'),
    },
  },
  lobechat: {
    name: 'LobeChat',
    packages: [],
    needs: {
      images: images('No size, nulls, either form'),
      edits: edits('`input_fidelity`, through openai-node'),
      chat: chat('The markdown of a picture in one piece'),
      'chat-image': chat('`message.images` of a plain chat with `modalities`'),
      videos: videos('JSON with `input_reference.image_url`; an address that may have its key'),
      tasks: title(),
    },
  },
  librechat: {
    name: 'LibreChat',
    packages: [],
    needs: {
      'image-gen': images('`image_gen_oai`: base64 without asking'),
      'image-edit': edits('`image_edit_oai`: base64 for a form'),
      'dall-e': images('The DALL·E tool: an address whose path ends like a file'),
      tasks: title(),
    },
  },
  'cherry-studio': {
    name: 'Cherry Studio',
    packages: [],
    needs: {
      painting: images('The painting page: fields that are `auto` are left out'),
      'images-of-chat': images('Chats with image models of OpenAI’s'),
      edits: edits('The plain field `image`, repeated'),
      models: models('`supported_endpoint_types` with `image-generation`'),
      tasks: title(),
    },
  },
  nextchat: {
    name: 'NextChat',
    packages: [],
    needs: {
      'dall-e': images('`dall-e-3` as base64'),
      chat: chat('The markdown of a picture in one piece'),
      media: chat('Links that end in `.mp4`, `.mp3` or `.wav`'),
      tasks: chat('The title and the summary of a conversation without a picture'),
    },
  },
  chatbox: {
    name: 'Chatbox',
    packages: [],
    note: 'Its images go through the AI SDK, which is above.',
    needs: { chat: chat('The markdown of a picture in one piece'), tasks: title() },
  },
  n8n: {
    name: 'n8n',
    packages: [],
    needs: {
      images: images('The form it asks for; base64 for `gpt-image-…`'),
      edits: edits('`image[]` for `gpt-image-…`, `image` for others; base64 for both'),
      models: models('A name with `dall-e` or `gpt-image` in the list'),
      videos: videos('A form with a file; `error` null until it fails; the bytes as a stream'),
      'video-models': models('A name with `sora` in the list'),
      speech: speech('Bytes in the format of its menu, `tts-1` and `tts-1-hd`'),
      transcripts: transcripts('JSON with a `text`, transcribed and translated, by `whisper-1`'),
    },
  },
  dify: {
    name: 'Dify',
    packages: [],
    needs: { images: images('Base64 in the format asked for, through openai-python') },
  },
  sillytavern: {
    name: 'SillyTavern',
    packages: [],
    needs: { images: images('Base64') },
  },
  'new-api': {
    name: 'new-api and other relays',
    packages: [],
    needs: {
      images: images('Fields that nobody knows, and nulls, are no obstacle'),
      videos: videos('`/v1/video/generations` in their words, and how one stands'),
    },
  },
  openrouter: {
    name: 'OpenRouter’s SDK',
    packages: [],
    needs: { videos: videos('`frame_images`, `duration`, `resolution` and `aspect_ratio`') },
  },
}
