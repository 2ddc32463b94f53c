/** The text of statements that run often: a server may keep their plans. */
const repeated = new Set<string>()

export function noteRepeated(sql: string): void {
  repeated.add(sql)
}

export function isRepeated(sql: string): boolean {
  return repeated.has(sql)
}
