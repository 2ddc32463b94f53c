import { type Activity, mentionsOf } from '../connector/activity.ts'

/** What a person typed, from what Teams made of it: without the bot's own mention, others by their names. */
export function asTyped(activity: Activity): string {
  const { recipient, text, textFormat } = activity
  let words = text ?? ''
  for (const { text: mention, id, name } of mentionsOf(activity)) {
    words = words.replaceAll(mention, id === recipient.id ? ' ' : `@${name || withoutTags(mention)}`)
  }
  return plain(decoded(textFormat === 'xml' ? withoutTags(words) : words))
}

/** The words of a message that Teams hands over as HTML. */
export function textOfHtml(html: string): string {
  const broken = html
    .replace(/<(br|hr)\b[^>]*>|<\/(p|div|li|tr|h[1-6]|blockquote)>/gi, '\n')
    .replace(/<(script|style|attachment)\b.*?<\/\1>/gis, '')
    .replace(/<img\b[^>]*\balt="([^"]*)"[^>]*>/gi, '$1')
  return decoded(withoutTags(broken))
    .split('\n')
    .map(plain)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Whether the bot itself is mentioned. */
export function isMentioned(activity: Activity): boolean {
  return mentionsOf(activity).some(({ id }) => id === activity.recipient.id)
}

function plain(text: string): string {
  return text
    .replaceAll('\u00a0', ' ')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
}

function withoutTags(text: string): string {
  return text.replace(/<\/?[a-z][^<>]*>/gi, '')
}

/** One pass, so that what comes out is never decoded again. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return CHARACTERS[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const CHARACTERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
