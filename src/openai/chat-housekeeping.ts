import { readPromptDirectives } from './prompt-directives.ts'

/** Longer titles are cut off by the apps' side bars anyway. */
const TITLE_CHARACTERS = 24

/** Open WebUI's templates for its tasks (`backend/open_webui/config.py`, `DEFAULT_*_PROMPT_TEMPLATE`). */
const OPEN_WEBUI = /^\s*### Task:[^]*(?:### Output|<chat_history>)/

/** NextChat's title of a conversation (`app/locales/{cn,en}.ts`, `Store.Prompt.Topic`). */
const NEXTCHAT =
  /^\s*(?:使用四到五个字直接返回这句话的简要主题|Please generate a four to five word title summarizing our conversation)/

/**
 * The answer to what apps ask the model by themselves beside a chat: a title, tags, follow-up questions. Each
 * would be a picture that nobody wanted and somebody pays for. They are told by the apps' own wording; the
 * answer has the form that the app reads.
 *
 * @param text the last message of the user's
 * @param said what the user said before it, oldest first
 * @returns undefined: a wish for a picture
 */
export function answerHousekeeping(text: string, said: readonly string[]): string | undefined {
  if (NEXTCHAT.test(text)) return toTitle(said.at(-1)) ?? 'Picture'
  if (!OPEN_WEBUI.test(text)) return undefined
  const wish = [...text.matchAll(/^USER: (.+)$/gm)].at(-1)?.[1]
  const answers = { title: toTitle(wish), prompt: wish, tags: [], follow_ups: [], queries: [] }
  const asked = Object.entries(answers).filter(([key]) => text.includes(`"${key}"`))
  return JSON.stringify(Object.fromEntries(asked))
}

/** What was to be drawn, without its settings. */
function toTitle(wish: string | undefined): string | undefined {
  const { prompt } = readPromptDirectives(wish ?? '')
  return Array.from(prompt).slice(0, TITLE_CHARACTERS).join('').trim() || undefined
}
