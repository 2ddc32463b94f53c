/** What every platform does to text from outside before it escapes it in its own way. */

/** What nearly all text consists of, including symbols and emoji: nothing to clean or compose. */
const PLAIN = /^[ -~\u00a1-\u02af\u2010-\u2027\u2190-\u22ff\u2500-\u27bf\u{1f300}-\u{1faff}]*$/u

/** NFC, without control characters (except line ends), direction overrides and lone surrogates. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}|\p{Bidi_Control}|\ufeff/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\n{3,}/g, '\n\n')
    .normalize('NFC')
}

export function oneLine(text: string): string {
  const cleaned = clean(text)
  return RAGGED.test(cleaned) ? cleaned.replace(/\s+/gu, ' ').trim() : cleaned
}

/** Whitespace that a single line does not have. */
const RAGGED = /[^\S ]|^ | $| {2}/u

export function isVisible(text: string): boolean {
  return /[^\s\p{Cc}\p{Cf}]/u.test(text)
}

/** Cuts between characters, so that the whole with its ellipsis is at most `max` UTF-16 units long. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, beforePair(text, max - 1)).trimEnd()}…`
}

/** Splits a long text into paragraphs of at most `max`; loses nothing but the whitespace where it splits. */
export function paragraphs(text: string, max: number, sizeOf: (text: string) => number): readonly string[] {
  const pieces: string[] = []
  let rest = clean(text).trim()
  while (sizeOf(rest) > max) {
    let end = Math.min(max, rest.length)
    while (sizeOf(rest.slice(0, end)) > max) end = Math.floor(end * 0.8)
    const pause = Math.max(rest.lastIndexOf('\n', end), rest.lastIndexOf(' ', end))
    const at = pause > end / 2 ? pause : beforePair(rest, end)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return isVisible(rest) ? [...pieces, rest] : pieces
}

/** Where to cut without splitting a surrogate pair. */
function beforePair(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1)
  return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end
}

export function orDash(text: string): string {
  return isVisible(text) ? text : '–'
}
