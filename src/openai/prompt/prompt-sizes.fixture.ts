import type { PromptDirectives } from './prompt-directives.ts'

/** Messages that say more than one thing of the size, say it in other languages, or with marks nobody sees. */
export const SIZES: readonly (readonly [text: string, expected: PromptDirectives])[] = [
  // A ratio and a resolution, in either order.
  ['画一只猫 16:9 2K', { prompt: '画一只猫', size: '16:9', resolution: '2K' }],
  ['画一只猫，4k，16:9', { prompt: '画一只猫', size: '16:9', resolution: '4K' }],
  ['2K 16:9 a cat', { prompt: 'a cat', size: '16:9', resolution: '2K' }],
  ['16:9 2K 一只猫', { prompt: '一只猫', size: '16:9', resolution: '2K' }],
  ['2K 16:9', { prompt: '', size: '16:9', resolution: '2K' }],
  ['a cat (16:9, 2K)', { prompt: 'a cat', size: '16:9', resolution: '2K' }],
  ['一只猫【2K｜3:4】', { prompt: '一只猫', size: '3:4', resolution: '2K' }],
  ['一只猫 比例 16:9 分辨率 4K', { prompt: '一只猫', size: '16:9', resolution: '4K' }],
  ['一只猫，分辨率 2K，比例 16:9', { prompt: '一只猫', size: '16:9', resolution: '2K' }],
  ['一只猫，比例16:9，4K', { prompt: '一只猫', size: '16:9', resolution: '4K' }],
  ['一只猫，2K，横屏，水彩', { prompt: '一只猫，水彩', size: '16:9', resolution: '2K' }],
  ['一只猫，竖版 4K', { prompt: '一只猫', size: '9:16', resolution: '4K' }],
  ['a cat, aspect ratio 16:9, size 2K', { prompt: 'a cat', size: '16:9', resolution: '2K' }],
  ['a cat --ar 16:9 --size 2K', { prompt: 'a cat', size: '16:9', resolution: '2K' }],
  ['a cat --size 2K --ar 16:9', { prompt: 'a cat', size: '16:9', resolution: '2K' }],
  ['a cat --ar 3:2 2k', { prompt: 'a cat', size: '3:2', resolution: '2K' }],
  ['a cat --size 4K, 3:2', { prompt: 'a cat', size: '3:2', resolution: '4K' }],

  // Before a flag, or away from a size, a resolution is a manner of painting.
  ['a cat, highly detailed, 4k --ar 16:9', { prompt: 'a cat, highly detailed, 4k', size: '16:9' }],
  ['a cat on a 4K TV, ratio 16:9', { prompt: 'a cat on a 4K TV', size: '16:9' }],
  ['a film in 4K, 16:9', { prompt: 'a film in 4K', size: '16:9' }],
  ['16:9 a cat 4K', { prompt: 'a cat 4K', size: '16:9' }],

  // Pixels and a ratio that is theirs; of two that contradict, the later.
  ['a cat 1920x1080 16:9', { prompt: 'a cat', size: '1920x1080' }],
  ['a cat 16:9 1920x1080', { prompt: 'a cat', size: '1920x1080' }],
  ['a cat 1920x1080 --ar 16:9', { prompt: 'a cat', size: '1920x1080' }],
  ['a cat 1920x1080 --ar 1:1', { prompt: 'a cat', size: '1:1' }],
  ['a cat --size 2K --size 1024x768', { prompt: 'a cat', size: '1024x768' }],
  ['a cat --size 1024x768 --size 2K', { prompt: 'a cat', size: '1024x768', resolution: '2K' }],
  ['a cat --size 2K --size 4K', { prompt: 'a cat', resolution: '4K' }],

  // Labels of other languages go with their value.
  ['eine Katze, Format 16:9', { prompt: 'eine Katze', size: '16:9' }],
  ['eine Katze im Format 16:9', { prompt: 'eine Katze', size: '16:9' }],
  ['eine Katze, Seitenverhältnis: 3:2', { prompt: 'eine Katze', size: '3:2' }],
  ['eine Katze, Auflösung 4K', { prompt: 'eine Katze', resolution: '4K' }],
  ['a cat in format 16:9', { prompt: 'a cat', size: '16:9' }],
  ['a cat with aspect ratio 4:3', { prompt: 'a cat', size: '4:3' }],
  ['un chat, format 16:9', { prompt: 'un chat', size: '16:9' }],
  ["un chat, rapport d'aspect 16:9", { prompt: 'un chat', size: '16:9' }],
  ['un gato, relación de aspecto 16:9', { prompt: 'un gato', size: '16:9' }],
  ['um gato, formato 9:16, resolução 2K', { prompt: 'um gato', size: '9:16', resolution: '2K' }],
  ['кот, соотношение сторон 16:9', { prompt: 'кот', size: '16:9' }],
  ['кот в формате 16:9', { prompt: 'кот', size: '16:9' }],
  ['кот, Разрешение: 4K', { prompt: 'кот', resolution: '4K' }],
  ['고양이, 비율 16:9', { prompt: '고양이', size: '16:9' }],
  ['고양이, 화면 비율: 16:9, 해상도 2K', { prompt: '고양이', size: '16:9', resolution: '2K' }],
  ['猫、アスペクト比 16:9、解像度 2K', { prompt: '猫', size: '16:9', resolution: '2K' }],
  ['قطة، نسبة العرض إلى الارتفاع 16:9', { prompt: 'قطة', size: '16:9' }],
  ['一只猫，画幅比例3:4', { prompt: '一只猫', size: '3:4' }],
  ['一只猫画面比例16:9', { prompt: '一只猫', size: '16:9' }],

  // Traditional Chinese.
  ['一隻貓，橫向，四張', { prompt: '一隻貓', size: '16:9', count: 4 }],
  ['一隻貓，豎版，兩張圖', { prompt: '一隻貓', size: '9:16', count: 2 }],
  ['請幫我生成 4 張圖片，一隻貓', { prompt: '一隻貓', count: 4 }],
  ['一隻貓，寬高比 4:3，解析度 2K', { prompt: '一隻貓', size: '4:3', resolution: '2K' }],
  ['一隻貓，畫面比例為16:9', { prompt: '一隻貓', size: '16:9' }],
  ['一隻貓，畫幅：直式', { prompt: '一隻貓', size: '9:16' }],

  // Marks of writing direction, isolates, a byte order mark.
  ['قطة\u200F 16:9\u200F', { prompt: 'قطة', size: '16:9' }],
  ['a cat \u200E16:9', { prompt: 'a cat', size: '16:9' }],
  ['חתול \u206616:9\u2069', { prompt: 'חתול', size: '16:9' }],
  ['a cat \u202A16\u200E:\u200E9\u202C', { prompt: 'a cat', size: '16:9' }],
  ['\uFEFF16:9 a cat', { prompt: 'a cat', size: '16:9' }],
  ['a cat --ar \u200F3:2', { prompt: 'a cat', size: '3:2' }],
]

/** The same words where they are no setting. */
export const NO_SIZES: readonly string[] = [
  '물과 설탕의 비율 2:1',
  'information 16:9 begins',
  'a cat, 4K, on a mat',
  'a 2K16:9 thing',
  '張三的四張桌子',
  '橫向的桌子',
  'قطة\u200F جميلة',
  'в формате письма',
]
