import { GREETING, HOST, KEY, NAME, SETTINGS, WITHOUT_V1, type Panel } from './panel.ts'

export const cherryStudio: Panel = {
  app: 'Cherry Studio',
  path: [
    SETTINGS,
    { en: 'Model Provider', zh: '模型服务' },
    { en: 'Add Provider', zh: '添加提供商' },
  ],
  fields: [
    { label: { en: 'Provider Name', zh: '提供商名称' }, control: 'text', value: NAME },
    {
      label: { en: 'Provider Type', zh: '提供商类型' },
      control: 'choice',
      value: 'New API',
      isKey: true,
      know: {
        en: 'The painting page knows this type; for chats alone OpenAI will do',
        zh: '绘画页只认这种类型；只聊天的话选 OpenAI 也行',
      },
    },
    { label: { en: 'API Key', zh: 'API 密钥' }, control: 'text', value: KEY, isKey: true },
    {
      label: { en: 'API Host', zh: 'API 地址' },
      control: 'text',
      value: HOST,
      know: WITHOUT_V1,
      isKey: true,
    },
    {
      label: { en: 'Add Model', zh: '添加模型' },
      control: 'heading',
    },
    { label: { en: 'Model ID', zh: '模型 ID' }, control: 'text', value: 'nano-banana-2' },
    {
      label: { en: 'Endpoint Type', zh: '端点类型' },
      control: 'choice',
      value: 'Image Generation (OpenAI)',
      know: {
        en: 'For the painting page; for chats it is OpenAI',
        zh: '用于绘画页；用于聊天则选 OpenAI',
      },
    },
    {
      label: { en: 'Check', zh: '检测' },
      control: 'button',
      value: { en: 'Check', zh: '检测' },
      know: GREETING,
    },
  ],
}
