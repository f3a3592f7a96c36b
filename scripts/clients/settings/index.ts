import { chatbox } from './chatbox.ts'
import { cherryStudio } from './cherry-studio.ts'
import { librechat } from './librechat.ts'
import { lobechat, lobechatVideo } from './lobechat.ts'
import { n8n, n8nAudio, n8nVideo } from './n8n.ts'
import { nextchat } from './nextchat.ts'
import { openWebuiAudio, openWebuiChat, openWebuiImages } from './open-webui.ts'
import type { Panel } from './panel.ts'

/**
 * What to set in each app. The labels are those of the app's own source and translations, read in
 * November 2026; apps rename them now and then.
 */
export const PANELS: Readonly<Record<string, Panel>> = {
  'open-webui-chat': openWebuiChat,
  'open-webui-images': openWebuiImages,
  'open-webui-audio': openWebuiAudio,
  lobechat,
  'lobechat-video': lobechatVideo,
  'cherry-studio': cherryStudio,
  nextchat,
  librechat,
  n8n,
  'n8n-video': n8nVideo,
  'n8n-audio': n8nAudio,
  chatbox,
}
