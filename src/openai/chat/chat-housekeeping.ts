import { readPromptDirectives } from '../prompt/prompt-directives.ts'
import type { ChatPrompt } from './chat-prompt.ts'

/** Longer titles are cut off by the apps' side bars anyway. */
const TITLE_CHARACTERS = 24

/** Open WebUI's templates for its tasks (`backend/open_webui/config.py`, `DEFAULT_*_PROMPT_TEMPLATE`). */
const OPEN_WEBUI = /^\s*### Task:[^]*(?:### Output|<chat_history>)/

/**
 * How apps ask for a conversation's title in a message: NextChat (`app/locales`, `Store.Prompt.Topic`),
 * Chatbox (`packages/prompts.ts`, `nameConversation`), LibreChat (`@librechat/agents`, `src/utils/title.ts`, and
 * `api/server/services/Endpoints/assistants/title.js`), RikkaHub.
 */
const TITLE_MESSAGE =
  /^\s*(?:使用四到五个字直接返回这句话的简要主题|Please generate a four to five word title summarizing our conversation|Based on the chat history, give this conversation a |Provide a concise, 5-word-or-less title for the conversation|Analyze this conversation and provide:\s+1\. The detected language|Please generate a concise title \(max 40 characters\) for a conversation|你是一名擅长会话的助理，)/

/**
 * How they ask in a system message, with the conversation as the user's: LobeChat (`packages/prompts`,
 * `chainSummaryTitle`), Cherry Studio (`config/prompts.ts`, `SUMMARIZE_PROMPT`), each as it is and as it was.
 */
const TITLE_INSTRUCTIONS =
  /^\s*(?:You are a professional conversation summarizer\. Generate a concise title|You are an assistant skilled in conversation\. You need to summarize|你是一名擅长会话的助理，)/

/** NextChat's summary of a long conversation, put behind it as the system's words (`Store.Prompt.Summarize`). */
const NEXTCHAT_SUMMARY = /^\s*(?:简要总结一下对话内容|Summarize the discussion briefly)/

/** What the user said in a conversation that is told in a text: `User: …`, `<user>`, or Cherry Studio's JSON. */
const SAID =
  /^(?:user|human):[ \t]*(.+)$|<user>\s*(.+)|"role":"user","mainText":"([^"\\]+)|^```\n(.+)/gim

/**
 * The answer to what apps ask the model by themselves beside a chat: a title, tags, follow-up questions. Each
 * would be an image that nobody wanted and somebody pays for. They are told by the apps' own wording; the
 * answer has the form that the app reads.
 *
 * @returns undefined: a wish for an image
 */
export function answerHousekeeping({
  text,
  before,
  instructions,
  last,
}: ChatPrompt): string | undefined {
  if (NEXTCHAT_SUMMARY.test(last)) return [...before, text].join('\n')
  const byMessage = TITLE_MESSAGE.test(text)
  if (byMessage || TITLE_INSTRUCTIONS.test(instructions)) {
    return toTitle(saidIn(text) ?? (byMessage ? before.at(-1) : text)) ?? 'Picture'
  }
  if (!OPEN_WEBUI.test(text)) return undefined
  const wish = saidIn(text)
  const answers = { title: toTitle(wish), prompt: wish, tags: [], follow_ups: [], queries: [] }
  const asked = Object.entries(answers).filter(([key]) => text.includes(`"${key}"`))
  return JSON.stringify(Object.fromEntries(asked))
}

/** The last thing that was said. */
function saidIn(text: string): string | undefined {
  const [, ...found] = [...text.matchAll(SAID)].at(-1) ?? []
  return found.find((words) => words !== undefined)
}

/** What was to be drawn, without its settings. */
function toTitle(wish: string | undefined): string | undefined {
  const { prompt } = readPromptDirectives(wish ?? '')
  return Array.from(prompt).slice(0, TITLE_CHARACTERS).join('').trim() || undefined
}
