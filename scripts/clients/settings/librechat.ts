import { BASE, KEY, type Panel } from './panel.ts'

export const librechat: Panel = {
  app: 'LibreChat',
  path: ['.env'],
  fields: [
    { label: 'IMAGE_GEN_OAI_BASEURL', control: 'text', value: BASE, isKey: true },
    { label: 'IMAGE_GEN_OAI_API_KEY', control: 'text', value: KEY, isKey: true },
    {
      label: 'IMAGE_GEN_OAI_MODEL',
      control: 'text',
      value: 'gpt-image-2',
      know: {
        en: 'Older versions do not know it and ask for `gpt-image-1`, which is served too',
        zh: '旧版本没有这一项，固定用 `gpt-image-1`，同样可用',
      },
    },
    { label: { en: 'For the DALL·E tool', zh: 'DALL·E 工具' }, control: 'heading' },
    { label: 'DALLE_REVERSE_PROXY', control: 'text', value: BASE },
    { label: 'DALLE3_API_KEY', control: 'text', value: KEY },
  ],
}
