import { BASE, KEY, SETTINGS, type Panel } from './panel.ts'

export const openWebuiChat: Panel = {
  app: 'Open WebUI',
  path: [
    { en: 'Admin Panel', zh: '管理员面板' },
    SETTINGS,
    { en: 'Connections', zh: '外部连接' },
    { en: 'Add Connection', zh: '添加一个连接' },
  ],
  fields: [
    { label: 'URL', control: 'text', value: BASE, isKey: true },
    { label: { en: 'Key', zh: '密匙' }, control: 'text', value: KEY, isKey: true },
    {
      label: { en: 'Model IDs', zh: '模型 ID' },
      control: 'text',
      value: 'nano-banana-2',
      know: {
        en: 'Add one after the other, as many as you want to see; left empty, all are listed',
        zh: '逐个添加想看到的模型；留空则列出全部',
      },
    },
    {
      label: { en: 'Verify Connection', zh: '验证连接' },
      control: 'button',
      value: { en: 'Verify Connection', zh: '验证连接' },
      know: { en: 'Lists the models; costs nothing', zh: '只列出模型，不花钱' },
    },
  ],
}

export const openWebuiImages: Panel = {
  app: 'Open WebUI',
  path: [{ en: 'Admin Panel', zh: '管理员面板' }, SETTINGS, { en: 'Images', zh: '图像' }],
  fields: [
    {
      label: { en: 'Image Generation', zh: '图像生成' },
      control: 'switch',
      value: 'on',
      isKey: true,
    },
    {
      label: { en: 'Image Generation Engine', zh: '图像生成引擎' },
      control: 'choice',
      value: { en: 'Default (Open AI)', zh: '默认 (OpenAI)' },
    },
    {
      label: { en: 'Model', zh: '模型' },
      control: 'text',
      value: 'flux-dev',
      know: {
        en: 'Its list names only OpenAI’s: type any name of the [list](models.md)',
        zh: '它的下拉列表里只有 OpenAI 的名字：可以直接输入[列表](models.md)里的任何名字',
      },
    },
    {
      label: 'Image Size',
      control: 'text',
      value: '1024x1024',
      know: {
        en: '`auto` only with names that begin with `gpt-image`',
        zh: '`auto` 只能配以 `gpt-image` 开头的名字',
      },
    },
    {
      label: { en: 'API Base URL', zh: 'API 请求地址' },
      control: 'text',
      value: BASE,
      isKey: true,
    },
    { label: { en: 'API Key', zh: 'API 密钥' }, control: 'text', value: KEY, isKey: true },
    { label: 'Edit Image', control: 'heading' },
    { label: 'Image Edit', control: 'switch', value: 'on' },
    {
      label: 'Image Edit Engine',
      control: 'choice',
      value: { en: 'Default (Open AI)', zh: '默认 (OpenAI)' },
    },
    {
      label: { en: 'Model', zh: '模型' },
      control: 'text',
      value: 'nano-banana-2',
      know: {
        en: 'The same base URL and key once more below it',
        zh: '下面再填一次同样的地址和密钥',
      },
    },
  ],
}

export const openWebuiAudio: Panel = {
  app: 'Open WebUI',
  path: [{ en: 'Admin Panel', zh: '管理员面板' }, SETTINGS, 'Audio'],
  fields: [
    { label: 'Speech-to-Text Engine', control: 'choice', value: 'OpenAI', isKey: true },
    {
      label: { en: 'API Base URL', zh: 'API 请求地址' },
      control: 'text',
      value: BASE,
      isKey: true,
    },
    { label: { en: 'API Key', zh: 'API 密钥' }, control: 'text', value: KEY, isKey: true },
    {
      label: 'STT Model',
      control: 'text',
      value: 'whisper-1',
      know: {
        en: 'Or any name of the [list](models.md#transcript-models)',
        zh: '或者[列表](models.md#transcript-models)里的任何名字',
      },
    },
    { label: 'Text-to-Speech Engine', control: 'choice', value: 'OpenAI', isKey: true },
    {
      label: { en: 'API Base URL', zh: 'API 请求地址' },
      control: 'text',
      value: BASE,
      isKey: true,
    },
    { label: { en: 'API Key', zh: 'API 密钥' }, control: 'text', value: KEY, isKey: true },
    {
      label: 'TTS Voice',
      control: 'text',
      value: 'alloy',
      know: {
        en: 'Its list names the voices of `tts-1`; another model has [others](audio.md#speech) too',
        zh: '下拉列表里是 `tts-1` 的声音；换了模型还有[别的声音](audio.zh-CN.md#语音)',
      },
    },
    {
      label: 'TTS Model',
      control: 'text',
      value: 'tts-1',
      know: {
        en: 'Its list names the gateway’s models that speak',
        zh: '下拉列表里是网关能朗读的模型',
      },
    },
  ],
}
