import type { KnownPlatform } from '../known-platform.ts'

/** The words of a message, without any platform's markup, and with emoji by what they say. */
export function plainWords(text: string, platforms: readonly KnownPlatform[]): string {
  return platforms
    .reduce((text, platform) => platform.withoutMarkup(text), text)
    .replace(/```.*?```|`[^`\n]*`/gs, ' ')
    .replace(/<(del|s|strike|code|pre|script|style)\b[^>]*>.*?<\/\1>/gis, ' ')
    .replace(/<(?:https?:|mailto:|tel:)[^>]*>/gi, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/gi, (_, name: string) => CHARACTERS[name.toLowerCase()] ?? ' ')
    .replace(
      /:([a-z0-9_+'-]*[a-z+-][a-z0-9_+'-]*|-1):(?::skin-tone-\d:)?/gi,
      (_, code: string) => ` ${saidBy(code.toLowerCase())} `,
    )
    .replace(/(?<![\p{L}\p{N}])~[^~\n]+~(?![\p{L}\p{N}])/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])[*_]+(?=\S)|(?<=\S)[*_]+(?![\p{L}\p{N}])/gu, '')
    .replace(/\p{Extended_Pictographic}/gu, emoji => ` ${EMOJI.get(emoji) ?? ''} `)
    .replace(/^[ \t]*>+/gm, '')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
}

const CHARACTERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
}

/** What an emoji says, in words that the lexicon knows; with its character and its names. */
const SAYS: readonly (readonly [word: string, characters: string, ...codes: string[]])[] = [
  ['furious', '😡🤬👿', 'rage', 'face_with_symbols_on_mouth', 'cursing', 'imp', 'pout'],
  ['angry', '😠😤💢', 'angry', 'triumph', 'anger'],
  [
    'disappointed',
    '😞😔☹🙁😒',
    'disappointed',
    'pensive',
    'frowning',
    'white_frowning_face',
    'slightly_frowning_face',
    'unamused',
  ],
  ['sad', '😢😭😿', 'cry', 'sob', 'crying_cat_face'],
  ['bad', '👎', 'thumbsdown', '-1'],
  ['worried', '😟😰😨😧', 'worried', 'cold_sweat', 'fearful', 'anguished'],
  ['frustrated', '😣😖😩😫🤦', 'persevere', 'confounded', 'weary', 'tired_face', 'facepalm', 'face_palm'],
  ['confused', '😕🤔', 'confused'],
  ['sick', '🤢🤮', 'nauseated_face', 'face_vomiting', 'vomiting_face'],
  ['broken heart', '💔', 'broken_heart'],
  ['good', '👍👌', 'thumbsup', '+1', 'ok_hand'],
  ['happy', '😀😃😄😁😊🙂😇☺', 'grinning', 'smiley', 'smile', 'grin', 'blush', 'slightly_smiling_face', 'relaxed'],
  [
    'love',
    '😍❤🥰😘💖💙💚💜',
    'heart_eyes',
    'heart',
    'smiling_face_with_3_hearts',
    'kissing_heart',
    'sparkling_heart',
    'blue_heart',
    'green_heart',
    'purple_heart',
  ],
  ['great', '🎉🥳🙌💯🚀', 'tada', 'partying_face', 'raised_hands', '100', 'rocket'],
  ['thanks', '🙏', 'pray'],
  ['applause', '👏', 'clap'],
  ['laughing', '😂🤣😆', 'joy', 'rolling_on_the_floor_laughing', 'rofl', 'laughing', 'satisfied'],
]

const EMOJI = new Map(
  SAYS.flatMap(([word, characters]) => [...characters].map(character => [character, word] as const)),
)
const CODES = new Map(SAYS.flatMap(([word, , ...codes]) => codes.map(code => [code, word] as const)))

function saidBy(code: string): string {
  return CODES.get(code) ?? code.replaceAll(/[_+-]+/g, ' ')
}
