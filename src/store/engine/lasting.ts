/** Statements that are asked again and again, word for word: where a server plans them, it may keep the plan. */
const lasting = new Set<string>()

export function noteLasting(sql: string): void {
  lasting.add(sql)
}

export function isLasting(sql: string): boolean {
  return lasting.has(sql)
}
