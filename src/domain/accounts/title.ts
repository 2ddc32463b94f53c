import { capitalized } from '../capitalized.ts'
/** `at_risk` -> `At risk`: the words for an id that has no label. */
export function titleOf(id: string): string {
  return capitalized(id.replace(/[_-]+/g, ' ').trim())
}
