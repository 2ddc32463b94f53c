import type { types } from '@slack/bolt'

/**
 * The sinks for text that may come from outside: `plain` for everything that needs no style, `literal` for what stands
 * inside our own mrkdwn. Both show just the characters, page nobody and fit the length they are given.
 */
export function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: cutEscaped(escaped(orDash(clean(text).trim())), max), emoji: false }
}

export function mrkdwn(text: string): types.MrkdwnElement {
  // verbatim: Slack would otherwise turn bare links, @names and #channels into live ones
  return { type: 'mrkdwn', text, verbatim: true }
}

/** One line of text for use inside mrkdwn, in which nothing is markup. */
export function literal(text: string, max: number): string {
  return cutEscaped(escaped(withoutMarkup(orDash(oneLine(text)))), max)
}

/** Cuts a long text into paragraphs that each fit after escaping; loses nothing but the blanks where it cuts. */
export function paragraphs(text: string, max: number): readonly string[] {
  const pieces: string[] = []
  let rest = clean(text).trim()
  while (escaped(rest).length > max) {
    let end = max
    while (escaped(rest.slice(0, end)).length > max) end = Math.floor(end * 0.8)
    const pause = Math.max(rest.lastIndexOf('\n', end), rest.lastIndexOf(' ', end))
    const at = pause > end / 2 ? pause : beforePair(rest, end)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return isVisible(rest) ? [...pieces, rest] : pieces
}

/** NFC, without control characters (but line ends), without what turns the writing direction, without half characters. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}|\p{Bidi_Control}|\ufeff/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\n{3,}/g, '\n\n')
    .normalize('NFC')
}

export function oneLine(text: string): string {
  return clean(text).replace(/\s+/gu, ' ').trim()
}

export function isVisible(text: string): boolean {
  return /[^\s\p{Cc}\p{Cf}]/u.test(text)
}

/** Cuts between characters, so that the whole with its ellipsis is at most `max` UTF-16 units long. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, beforePair(text, max - 1)).trimEnd()}…`
}

/** Slack decodes exactly these three again, in plain text too. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function cutEscaped(text: string, max: number): string {
  return cut(text, max).replace(/&[a-z]*…$/, '…')
}

/**
 * Slack has no escape for its markup, and whether it respects zero-width characters beside it differs between clients:
 * so marks that would act are replaced by their look-alikes. An underscore inside a word does not act and stays.
 */
function withoutMarkup(text: string): string {
  return text
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', 'ˋ')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, 'ˍ')
    .replace(/^>/, '›')
    .replace(/:(?=[^\s:]+:)/g, ':\u2060')
}

function beforePair(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1)
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end
}

function orDash(text: string): string {
  return isVisible(text) ? text : '–'
}
