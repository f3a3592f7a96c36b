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
