import { isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml'
import { withoutNoise } from '../domain/number.ts'

/** The smallest weight that is written: a weight is a positive number. */
const LEAST = 0.1

/**
 * The text of a model with other weights of its components, in their order: nothing else in it changes, comments
 * included. `diff` are the lines that do, as they were and as they are.
 */
export function withWeights(
  text: string,
  weights: readonly number[],
): { readonly text: string; readonly diff: readonly string[] } {
  const components = parseDocument(text).get('components')
  const edits = (isSeq(components) ? components.items : []).flatMap((component, at) => {
    const pair = isMap(component)
      ? component.items.find(item => isPair(item) && isScalar(item.key) && item.key.value === 'weight')
      : undefined
    const range = isScalar(pair?.value) ? pair.value.range : undefined
    const weight = weights[at]
    return range == null || weight === undefined ? [] : [{ from: range[0], to: range[1], weight: written(weight) }]
  })
  const next = edits
    .toReversed()
    .reduce((text, { from, to, weight }) => text.slice(0, from) + weight + text.slice(to), text)
  const [before, after] = [text.split('\n'), next.split('\n')]
  const diff = before.flatMap((line, at) => (line === after[at] ? [] : [`- ${line.trim()}`, `+ ${after[at]?.trim()}`]))
  return { text: next, diff }
}

function written(weight: number): string {
  return String(withoutNoise(Math.max(LEAST, Math.round(weight * 10) / 10)))
}
