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

export const lobechatVideo: Panel = {
  app: 'LobeChat',
  path: [{ en: 'Video', zh: '视频' }],
  fields: [
    {
      label: { en: 'Model', zh: '模型' },
      control: 'choice',
      value: 'sora-2',
      isKey: true,
      know: {
        en: 'Of the provider above; a model that the page does not list gets the type “Video” in the provider’s list of models',
        zh: '用上面的服务商；页面没有列出的模型，在服务商的模型列表里把类型改为“视频”',
      },
    },
    {
      label: { en: 'First frame', zh: '首帧' },
      control: 'button',
      value: { en: 'Upload', zh: '上传' },
      know: { en: 'May be left out', zh: '可以不传' },
    },
    { label: { en: 'Prompt', zh: '提示词' }, control: 'text', value: 'a cat runs through snow' },
  ],
}
