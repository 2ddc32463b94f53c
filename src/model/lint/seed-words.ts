import { titleOf } from '../../domain/accounts/title.ts'
import { counted } from '../../domain/counted.ts'
import { percent } from '../../domain/percent.ts'
import type { ModelFile } from '../schema/model.ts'
import { usualWeighting } from './weighting.ts'

/** "1 component", "6 components" */
export function count(number: number, word: string): string {
  return counted(number, word)
}

/** "a", "a and b", "a, b and c" */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nobody'
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

/** More parts than these no sentence carries. */
const MOST_PARTS = 8

export function explainableInOneSentence(file: ModelFile): readonly [boolean, string] {
  if (file.components.length > MOST_PARTS) return [false, `${file.components.length} components are too many for one`]
  const { share } = usualWeighting(file)
  const parts = file.components.map(
    ({ id, label }) => `${percent(share(part => part.id === id))} ${label ?? titleOf(id)}`,
  )
  return [true, listOf(parts)]
}
