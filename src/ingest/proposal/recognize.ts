import { mappingIn } from '../../model/mapping/check-mapping.ts'
import { usesOf } from '../../model/mapping/fields.ts'
import { builtInNames, builtInText } from '../../model/mapping/find-mapping.ts'
import type { Mapping } from '../../model/mapping/mapping.ts'
import { columnIndex } from '../rules/record-columns.ts'

/** A mapping that comes with Rounds, for a file whose columns say what it is. */
export type Recognized = { readonly name: string; readonly label: string; readonly text: string }

/** The mapping whose needs are all there; of several the one that reads the most of the columns. */
export function recognize(columns: readonly string[]): Recognized | undefined {
  const index = columnIndex(columns)
  const has = (name: string) => index(name) !== -1
  const candidates = builtInNames().flatMap(name => {
    const text = builtInText(name)
    const mapping = mappingIn(name, text)
    const isIt = (mapping.needs ?? []).every(need => [need].flat().some(has))
    return isIt ? [{ name, label: mapping.label ?? name, text, reads: readBy(mapping, index) }] : []
  })
  return candidates.sort((a, b) => b.reads - a.reads)[0]
}

function readBy(mapping: Mapping, index: (name: string) => number): number {
  const read = usesOf(mapping).flatMap(({ value }) => value.column.map(index))
  return new Set(read.filter(at => at !== -1)).size
}
