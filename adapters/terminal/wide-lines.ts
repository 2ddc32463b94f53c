import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { Lines } from './narrow-lines.ts'

/** For any text at all: what is wide, what is joined, what takes no room. */
export const wideLines: Lines = {
  width: text => stringWidth(text),
  wrap: (text, columns) => wrapAnsi(text, columns, { hard: true, trim: true }),
}
