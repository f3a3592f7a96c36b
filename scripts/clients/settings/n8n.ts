import { BASE, KEY, type Panel } from './panel.ts'

export const n8n: Panel = {
  app: 'n8n',
  path: ['Credentials', 'OpenAI'],
  fields: [
    { label: 'API Key', control: 'text', value: KEY, isKey: true },
    { label: 'Base URL', control: 'text', value: BASE, isKey: true },
    {
      label: { en: 'In the node OpenAI', zh: 'OpenAI 节点里' },
      control: 'heading',
    },
    { label: 'Resource', control: 'choice', value: 'Image' },
    { label: 'Operation', control: 'choice', value: 'Generate an Image' },
    {
      label: 'Model',
      control: 'choice',
      value: 'gpt-image-2',
      know: {
        en: 'The list shows only names with `gpt-image`; for any other switch from the list to “ID” and type it',
        zh: '列表只显示名字含 `gpt-image` 的模型；其他的把列表切换成 “ID”，再填名字',
      },
    },
  ],
}

export const n8nVideo: Panel = {
  app: 'n8n',
  path: [{ en: 'Node OpenAI', zh: 'OpenAI 节点' }],
  fields: [
    {
      label: 'Credential',
      control: 'choice',
      value: { en: 'the one above', zh: '上面的凭据' },
    },
    { label: 'Resource', control: 'choice', value: 'Video' },
    { label: 'Operation', control: 'choice', value: 'Generate Video' },
    {
      label: 'Model',
      control: 'choice',
      value: 'sora-2',
      isKey: true,
      know: {
        en: 'The list shows only names with `sora`; for any other switch from the list to “ID” and type it',
        zh: '列表只显示名字含 `sora` 的模型；其他的把列表切换成 “ID”，再填名字',
      },
    },
    { label: 'Prompt', control: 'text', value: 'a cat runs through snow' },
    {
      label: 'Seconds',
      control: 'text',
      value: '4',
      know: {
        en: 'Any length; the nearest that the model makes is made',
        zh: '任意时长，会取模型能做的最接近的',
      },
    },
    { label: 'Size', control: 'choice', value: '1280x720' },
    {
      label: 'Wait Timeout',
      control: 'text',
      value: '600',
      know: {
        en: 'Seconds, one of the options: 300 is short for many models',
        zh: '选项之一，单位秒：300 秒对许多模型太短',
      },
    },
  ],
}

export const n8nAudio: Panel = {
  app: 'n8n',
  path: [{ en: 'The node OpenAI', zh: 'OpenAI 节点' }],
  fields: [
    {
      label: 'Credential to connect with',
      control: 'choice',
      value: 'OpenAI account',
      isKey: true,
      know: {
        en: 'The one above, with your base URL',
        zh: '上面那一个，填好了你的地址',
      },
    },
    { label: 'Resource', control: 'choice', value: 'Audio', isKey: true },
    { label: 'Operation', control: 'choice', value: 'Generate Audio' },
    {
      label: 'Model',
      control: 'choice',
      value: 'TTS-1-HD',
      know: {
        en: 'Two fixed names, which `MODELS` can point to [any model](audio.md#openais-names)',
        zh: '固定的两个名字，可以用 `MODELS` 指向[任何模型](audio.zh-CN.md#openai-的名字)',
      },
    },
    { label: 'Voice', control: 'choice', value: 'Nova' },
    { label: { en: 'Or to write down', zh: '或者转写' }, control: 'heading' },
    { label: 'Operation', control: 'choice', value: 'Transcribe a Recording' },
    {
      label: 'Input Data Field Name',
      control: 'text',
      value: 'data',
      know: { en: 'The model is always `whisper-1`', zh: '模型固定是 `whisper-1`' },
    },
  ],
}
