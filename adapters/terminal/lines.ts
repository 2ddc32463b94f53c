import { isNarrow, type Lines, narrowLines } from './narrow-lines.ts'

/** For all texts of a card. Loading what knows all of Unicode takes as long as all else of a short command. */
export async function linesFor(card: object): Promise<Lines> {
  return isNarrow(card) ? narrowLines : (await import('./wide-lines.ts')).wideLines
}
