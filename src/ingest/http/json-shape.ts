import { type Refusal, refuse } from '../cells/values.ts'
import { BodyError } from './body-error.ts'

/** The limits of a row, so that parsing is quick and nothing that follows recurses deeply. */
const [MOST_VALUES, DEEPEST] = [10_000, 32]

/** Checks a row's text before it is parsed; the reason to refuse it if it is too large or nested too deep. */
export function complexityProblem(text: string): Refusal | undefined {
  let [values, depth, isText] = [0, 0, false]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isText) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) isText = false
      continue
    }
    if (code === QUOTE) isText = true
    else if (code === COMMA) values += 1
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth -= 1
    if (values >= MOST_VALUES)
      return refuse(`the row holds more than ${MOST_VALUES.toLocaleString('en')} values; ${FLAT}`)
    if (depth > DEEPEST) return refuse(`the row is nested deeper than ${DEEPEST} levels; ${FLAT}`)
  }
  return undefined
}

/** Names that every object inherits: nobody uses them on purpose. */
export function inheritedName(value: unknown, text: string): Refusal | undefined {
  if (!/__proto__|constructor|prototype|\\u/.test(text)) return undefined
  const name = inheritedNameIn(value)
  return name === undefined ? undefined : refuse(`the row uses the name "${name}", which is not allowed; ${FLAT}`)
}

export function tooMuch(sentence: string): BodyError {
  return new BodyError(413, sentence, 'Send it in parts, or as application/x-ndjson, which may be of any length.')
}

const FLAT = 'send each row as a flat object'

function inheritedNameIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (INHERITED.has(name)) return name
    const found = inheritedNameIn(inner)
    if (found !== undefined) return found
  }
  return undefined
}

const INHERITED = new Set(['__proto__', 'constructor', 'prototype'])

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d]
