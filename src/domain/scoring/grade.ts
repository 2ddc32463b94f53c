/** The letter grades, each from its line on. */
const GRADES = [
  ['A', 90],
  ['B', 80],
  ['C', 70],
  ['D', 60],
  ['F', 0],
] as const

export type Grade = (typeof GRADES)[number][0]

/** The grade of a shown score. */
export function gradeOf(shown: number): Grade {
  return GRADES.find(([, from]) => shown >= from)?.[0] ?? 'F'
}
