import type { Words } from '../../src/openai/wish/lexicon.ts'

/** Words that people use in every language. */
export const SHARED: Partial<Omit<Words, 'verb'>> = {
  title: 'emoji emojis json tl_dr tldr title summary keywords tags hashtags topic yaml csv',
  text: 'sql python javascript typescript html css regex bash code java',
  form: 'json ok only xml markdown',
  picture: 'logo poster meme avatar gif banner emoji emojis icon infographic storyboard',
  small:
    '👍 👋 🙏 😊 😀 😂 😍 👏 🎉 👌 ❤ 🤔 😢 ok okay hi hello hey test ping pong testing test123 hola bonjour ciao hallo salut aloha namaste shalom',
  plain: 'ai gpt chatgpt claude gemini api llm bot v1 json text model',
}
