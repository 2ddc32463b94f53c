/** "1 account", "2,000 accounts"; `many` where an s does not make the plural. */
export function counted(count: number, one: string, many = `${one}s`): string {
  // Most counts need no comma, and the first formatter of a process is slow to make.
  return `${count < 1_000 ? count : count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}
