import { isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Scalar, visit } from 'yaml'
import { type Finding, finding } from './finding.ts'

/** A model is a page or two; whatever is larger is not one. */
const MOST_CHARACTERS = 256 * 1024

export type Parsed = { readonly value: unknown } | { readonly errors: readonly Finding[] }

/** `parseYaml`, or what remembers what it said. */
export type ReadYaml = (text: string) => Parsed

/** Reads a YAML text into plain data; no tags, no doubled keys, no anchors that multiply. */
export function parseYaml(text: string): Parsed {
  if (text.length > MOST_CHARACTERS) {
    return refused('The file is larger than 256 KB.', 'Keep the model to what it scores; data is imported.')
  }
  const document = parseDocument(text, { prettyErrors: true, schema: 'core', resolveKnownTags: false })
  const trouble = [...document.errors, ...document.warnings]
  if (trouble.length > 0) {
    return {
      errors: trouble.map(({ message, linePos }) =>
        finding([`line ${linePos?.[0].line ?? 1}`], `${message.split(/ at line |\n/)[0]}.`, 'Fix the YAML there.'),
      ),
    }
  }
  keepTextsAsWritten(document)
  const foreign = numbersOfMachines(document, text)
  if (foreign.length > 0) return { errors: foreign }
  try {
    return { value: document.toJS({ maxAliasCount: 50 }) }
  } catch {
    return refused('The file repeats its anchors too often.', 'Write the repeated parts out.')
  }
}

/** `line 4, routes[0].when` */
export function placeIn(text: string, path: string): string {
  const line = lineOf(text, path)
  return line === undefined ? path : `line ${line}, ${path}`
}

/** The line of a text where a finding's path stands, or the nearest part of it that is written there. */
function lineOf(text: string, path: string): number | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'core', resolveKnownTags: false, lineCounter: lines })
  const steps = path.split(/[.[\]]+/).filter(step => step !== '')
  for (let length = steps.length; length > 0; length -= 1) {
    const node = document.getIn(steps.slice(0, length).map(stepOf), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}

function stepOf(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step
}

function refused(problem: string, remedy: string): Parsed {
  return { errors: [finding([], problem, remedy)] }
}

/** `is`, `is_not` and `one_of` compare text as written: `is: 007` must not become 7. */
function keepTextsAsWritten(document: ReturnType<typeof parseDocument>): void {
  visit(document, {
    Pair(_, pair) {
      if (!isPair(pair) || !isScalar(pair.key)) return
      if (!['is', 'is_not', 'one_of'].includes(String(pair.key.value))) return
      const scalars = isSeq(pair.value) ? pair.value.items.filter(isScalar) : isScalar(pair.value) ? [pair.value] : []
      for (const scalar of scalars as Scalar[]) {
        if (typeof scalar.value !== 'string' && scalar.source !== undefined) scalar.value = scalar.source
      }
    },
  })
}

/** `0x1F` and `0o17` are numbers to YAML, and to no reader of a model. */
function numbersOfMachines(document: ReturnType<typeof parseDocument>, text: string): Finding[] {
  const found: Finding[] = []
  visit(document, {
    Scalar(_, { value, source = '', range }) {
      if (typeof value !== 'number' || !/^[-+]?0[xob]/i.test(source)) return
      const line = text.slice(0, range?.[0] ?? 0).split('\n').length
      found.push(finding([`line ${line}`], `"${source}" is not a valid number.`, 'Write it with decimal digits.'))
    },
  })
  return found
}
