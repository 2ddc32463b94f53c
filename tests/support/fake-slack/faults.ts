/**
 * What shall go wrong with the next call of a method: an answer of Slack's (`error`, or 429 and 5xx by `status`),
 * `hang` (done, but the answer never comes), `drop` (done, then the connection breaks), `refuse` (breaks before it is done).
 */
export type Fault =
  | { readonly error: string }
  | { readonly status: number; readonly retryAfter?: number }
  | 'hang'
  | 'drop'
  | 'refuse'

export type Faults = ReturnType<typeof createFaults>

export function createFaults() {
  const waiting: { readonly method: string; readonly fault: Fault }[] = []
  return {
    /** `method` is the Web API's name, `response_url`, or `*` for whichever comes next. */
    add(method: string, fault: Fault, times = 1): void {
      for (let n = 0; n < times; n += 1) waiting.push({ method, fault })
    },
    take(method: string): Fault | undefined {
      const at = waiting.findIndex(entry => entry.method === method || entry.method === '*')
      return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault
    },
    clear(): void {
      waiting.length = 0
    },
  }
}
