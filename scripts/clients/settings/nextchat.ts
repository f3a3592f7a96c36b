import { HOST, KEY, SETTINGS, WITHOUT_V1, type Panel } from './panel.ts'

export const nextchat: Panel = {
  app: 'NextChat',
  path: [SETTINGS],
  fields: [
    {
      label: { en: 'Custom Endpoint', zh: '自定义接口' },
      control: 'switch',
      value: 'on',
      isKey: true,
    },
    { label: { en: 'Model Provider', zh: '模型服务商' }, control: 'choice', value: 'OpenAI' },
    {
      label: { en: 'OpenAI Endpoint', zh: '接口地址' },
      control: 'text',
      value: HOST,
      know: WITHOUT_V1,
      isKey: true,
    },
    { label: { en: 'OpenAI API Key', zh: 'API Key' }, control: 'text', value: KEY, isKey: true },
    {
      label: { en: 'Custom Models', zh: '自定义模型名' },
      control: 'text',
      value: '-all,nano-banana-2,flux-dev,dall-e-3@openai',
      know: {
        en: '`-all` hides what it lists by itself; `dall-e-3` alone would stand there twice, as OpenAI’s and as Azure’s',
        zh: '`-all` 隐藏它自带的列表；只写 `dall-e-3` 会出现两次，OpenAI 和 Azure 各一次',
      },
    },
    { label: { en: 'Model', zh: '模型 (model)' }, control: 'choice', value: 'nano-banana-2' },
  ],
}
