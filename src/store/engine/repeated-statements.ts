/** Statements that run again and again, word for word: a server that plans them may keep the plan. */
const repeated = new Set<string>()

export function noteRepeated(sql: string): void {
  repeated.add(sql)
}

export function isRepeated(sql: string): boolean {
  return repeated.has(sql)
}
