/**
 * What shall go wrong with the next call: an answer of the connector's, `hang` (done, but the answer never comes),
 * `drop` (done, then the connection breaks), `refuse` (breaks before it is done).
 */
export type Fault =
  | { readonly status: number; readonly code?: string; readonly retryAfter?: number }
  | 'hang'
  | 'drop'
  | 'refuse'

/** `post` is whatever puts a message somewhere: `create` with an activity, `send`, `reply`. */
export type Operation =
  | 'create'
  | 'send'
  | 'reply'
  | 'update'
  | 'delete'
  | 'members'
  | 'member'
  | 'pagedMembers'
  | 'team'
  | 'channels'
  | 'nothing'
export type Failing = Operation | 'post' | '*'

const POSTS: readonly Operation[] = ['create', 'send', 'reply']

export type Faults = ReturnType<typeof createFaults>

export function createFaults() {
  const waiting: { readonly on: Failing; readonly fault: Fault }[] = []
  return {
    add(on: Failing, fault: Fault, times = 1): void {
      for (let n = 0; n < times; n += 1) waiting.push({ on, fault })
    },
    take(operation: Operation): Fault | undefined {
      const at = waiting.findIndex(
        ({ on }) => on === '*' || on === operation || (on === 'post' && POSTS.includes(operation)),
      )
      return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault
    },
    clear(): void {
      waiting.length = 0
    },
  }
}
