import type { types } from '@slack/bolt'
import { clean, cut, oneLine, orDash, paragraphs as paragraphsOf } from '../../characters.ts'

export { clean, cut, isVisible, oneLine } from '../../characters.ts'

/**
 * The sinks for text that may come from outside: `plain` for everything that needs no style, `literal` for what stands
 * inside our own mrkdwn. Both show just the characters, page nobody and fit the length they are given.
 */
export function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: cutEscaped(escaped(orDash(clean(text).trim())), max), emoji: false }
}

/**
 * One line for where Slack reads neither markup nor escapes: cells of tables, labels of charts. Should it ever look for
 * a mention there, the word joiner is in its way.
 */
export function raw(text: string, max: number): string {
  return cut(orDash(oneLine(text)).replace(/<(?=[!@#])/g, '<\u2060'), max)
}

export function mrkdwn(text: string): types.MrkdwnElement {
  // verbatim: Slack would otherwise turn bare links, @names and #channels into live ones
  return { type: 'mrkdwn', text, verbatim: true }
}

/** One line of text for use inside mrkdwn, in which nothing is markup. */
export function literal(text: string, max: number): string {
  return cutEscaped(escaped(withoutMarkup(orDash(oneLine(text)))), max)
}

/** Cuts a long text into paragraphs that each fit after escaping. */
export function paragraphs(text: string, max: number): readonly string[] {
  return paragraphsOf(text, max, piece => escaped(piece).length)
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
