import { HOST, KEY, NAME, SETTINGS, type Panel } from './panel.ts'

export const chatbox: Panel = {
  app: 'Chatbox',
  path: [
    SETTINGS,
    { en: 'Model Provider', zh: '模型提供方' },
    { en: 'Add Custom Provider', zh: '添加自定义提供商' },
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
    { label: { en: 'Model ID', zh: '模型ID' }, control: 'text', value: 'nano-banana-2' },
  ],
}
