import { BASE, GREETING, KEY, NAME, SETTINGS, type Panel } from './panel.ts'

export const lobechat: Panel = {
  app: 'LobeChat',
  path: [
    SETTINGS,
    { en: 'AI Service Provider', zh: 'AI 服务商' },
    { en: 'Add Custom Provider', zh: '添加自定义服务商' },
  ],
  fields: [
    { label: { en: 'Provider ID', zh: '服务商 ID' }, control: 'text', value: NAME },
    { label: { en: 'Provider Name', zh: '服务商名称' }, control: 'text', value: NAME },
    {
      label: { en: 'Request Format', zh: '请求格式' },
      control: 'choice',
      value: 'OpenAI',
      isKey: true,
    },
    { label: { en: 'Proxy URL', zh: '代理地址' }, control: 'text', value: BASE, isKey: true },
    { label: 'API Key', control: 'text', value: KEY, isKey: true },
    {
      label: { en: 'Model List', zh: '模型列表' },
      control: 'button',
      value: { en: 'Fetch models', zh: '获取模型列表' },
      know: { en: 'Then enable those that you want', zh: '然后启用想用的模型' },
    },
    {
      label: { en: 'Connectivity Check', zh: '连通性检查' },
      control: 'button',
      value: { en: 'Check', zh: '检查' },
      know: GREETING,
    },
  ],
}
