import type { Instant } from '../../domain/time/instant.ts'
import { parseInstant } from '../../domain/time/time-text.ts'

/** Why a row is left out, in words that go on after "line 7: ". */
export type Refusal = { readonly reason: string }

export function refuse(reason: string): Refusal {
  return { reason }
}

export function isRefusal(result: object): result is Refusal {
  return 'reason' in result
}

/** A value as it can be named in a sentence. */
export function quoted(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  // Not serialized: it may be nested too deep for that.
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = String(value)
  const short = text.length > 60 ? `${text.slice(0, 60)}...` : text
  return JSON.stringify(short)
}

export const LONGEST_WORD = 200

/** What is wrong with the name of something, if anything is. */
export function wordProblem(column: string, text: string): string | undefined {
  if (text.length > LONGEST_WORD) return `${column} has ${text.length} characters; ${LONGEST_WORD} is the most`
  return /\p{Cc}/u.test(text) ? `${column} ${quoted(text)} holds a control character` : undefined
}

const MOST_REMEMBERED = 10_000

const remembered = new Map<string, Instant>()

/** As `parseInstant`, cached: files repeat the same few instants, and parsing one is the costliest part of a row. */
export function instantIn(text: string): Instant | undefined {
  const known = remembered.get(text)
  if (known !== undefined) return known
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const instant = parseInstant(text)
  if (instant !== undefined) remembered.set(text, instant)
  return instant
}

export const TIME_EXAMPLE = 'ISO 8601 time such as 2025-12-31 or 2025-12-31T09:30:00Z'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** The finite decimal number that a text spells. */
export function finiteIn(text: string): number | undefined {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/** What is wrong with a text that should be a number. */
export function numberProblem(column: string, text: string): string {
  if (text === '') return `${column} is empty; write a number such as 12.5`
  const share = /^([+-]?\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1]
  if (share === undefined) return `${column} ${quoted(text)} is not a finite number such as 12.5`
  return `${column} ${quoted(text)} is ${share} or ${Number(share) / 100}; write the number without %`
}

/** What is wrong with the id of something, if anything is. */
export function idProblem(column: string, text: string): string | undefined {
  if (!/^\d+(?:[.,]\d+)?e\+\d+$/i.test(text)) return wordProblem(column, text)
  return `${column} ${quoted(text)} is what a spreadsheet makes of a long number; format the column as text and export it again`
}

/** What a spreadsheet shows for a failed formula. */
const ERROR_CELL = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA|ERROR!)$/i

/** What is wrong with a cell that holds the error of a formula, if it does. */
export function errorCellProblem(column: string, text: string): string | undefined {
  return ERROR_CELL.test(text)
    ? `${column} holds the spreadsheet error ${text}; fix the formula, or empty the cell`
    : undefined
}
