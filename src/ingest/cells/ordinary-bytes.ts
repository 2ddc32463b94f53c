const [CR, LF, QUOTE, HASH, BACKSLASH, TILDE] = [13, 10, 34, 35, 92, 126]

/** 1 for each byte that is plain within a cell: visible ASCII or a blank, no quote, no # of a failed formula. */
export type OrdinaryBytes = Uint8Array

/** Undefined for a delimiter that is not ASCII, or may be part of a number or a time. */
export function ordinaryBytes(delimiter: string): OrdinaryBytes | undefined {
  if (!/^[\t!$-*,/;<=>?@[-`{-~]$/.test(delimiter)) return undefined
  return visibleBut(QUOTE, HASH, delimiter.charCodeAt(0))
}

/** The same for a text in JSON. */
export const ORDINARY_IN_JSON: OrdinaryBytes = visibleBut(QUOTE, BACKSLASH)

function visibleBut(...others: readonly number[]): OrdinaryBytes {
  return new Uint8Array(256).map((_, byte) => (byte >= 32 && byte <= TILDE && !others.includes(byte) ? 1 : 0))
}

/** Where this cell ends: at the first byte that is not ordinary. */
export function endOfCell(ordinary: OrdinaryBytes, bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && ordinary[bytes[at] ?? 0] === 1) at += 1
  return at
}

/** Where the next line begins, if one ends here; else -1. */
export function afterLine(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return at + 1
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : -1
}
