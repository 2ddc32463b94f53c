/** A text without invisible characters (Unicode Cf), which make two ids or addresses differ that look the same. */
export function withoutInvisible(text: string): string {
  return isPlain(text) ? text : text.replace(/\p{Cf}/gu, '')
}

/**
 * A name without those that never belong to one: bidi controls, zero-width space and no-break space, soft hyphen. The
 * joiners stay, since Persian, Indian scripts and emoji are written with them.
 */
export function withoutInvisibleInName(text: string): string {
  return isPlain(text) ? text : text.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u200B\uFEFF\u00AD]/gu, '')
}

/** Most texts are, and testing costs less than replacing. */
function isPlain(text: string): boolean {
  return !/[^\0-\u00AC]/.test(text)
}
