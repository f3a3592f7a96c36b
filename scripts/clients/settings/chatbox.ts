import { HOST, KEY, NAME, SETTINGS, type Panel } from './panel.ts'

export const chatbox: Panel = {
  app: 'Chatbox',
  path: [
    SETTINGS,
    { en: 'Model Provider', zh: '模型提供方' },
    { en: 'Add', zh: '添加' },
    'Add provider',
  ],
  fields: [
    { label: { en: 'Name', zh: '名称' }, control: 'text', value: NAME },
    {
      label: { en: 'API Mode', zh: 'API 模式' },
      control: 'choice',
      value: { en: 'OpenAI API Compatible', zh: 'OpenAI API 兼容' },
    },
    { label: { en: 'API Key', zh: 'API 密钥' }, control: 'text', value: KEY, isKey: true },
    { label: { en: 'API Host', zh: 'API 主机' }, control: 'text', value: HOST, isKey: true },
    { label: { en: 'API Path', zh: 'API 路径' }, control: 'text', value: '/v1/chat/completions' },
    {
      label: { en: 'Model', zh: '模型' },
      control: 'button',
      value: 'New',
      know: {
        en: 'Or “Fetch”, which lists the gateway’s models to choose from',
        zh: '或用 “Fetch” 列出网关的模型来选',
      },
    },
    { label: { en: 'Model ID', zh: '模型ID' }, control: 'text', value: 'nano-banana-2' },
    {
      label: 'Vision',
      control: 'switch',
      value: 'on',
      know: {
        en: 'One of the model’s capabilities; without it no picture can be uploaded',
        zh: '模型的能力之一；不打开就不能上传图片',
      },
    },
  ],
}
