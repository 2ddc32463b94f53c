import type { Connection } from '../../store/engine/engine.ts'
import { countUnreadEvents, OTHERS } from '../../store/sources/unread-events.ts'
import type { HttpContext } from '../route.ts'

/** Milliseconds until what was counted in memory is written. */
const WRITTEN_AFTER = 2_000
const MOST_NAMES = 1_000
const LONGEST_NAME = 200

const tallies = new WeakMap<Connection, Map<string, number>>()

/** Counts events that become no metric, in memory: a write for each would cost more than they are worth. */
export function unreadTally({ connection, clock, log }: HttpContext): (name: string, count?: number) => void {
  const known = tallies.get(connection)
  const tally = known ?? new Map<string, number>()
  tallies.set(connection, tally)
  const write = async () => {
    const events = new Map(tally)
    tally.clear()
    try {
      await countUnreadEvents(connection.db, events, clock())
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'events could not be counted')
    }
  }
  return (name, count = 1) => {
    if (tally.size === 0) setTimeout(write, WRITTEN_AFTER).unref()
    const shown = name === '' ? '(no name)' : name.slice(0, LONGEST_NAME)
    const counted = tally.has(shown) || tally.size < MOST_NAMES ? shown : OTHERS
    tally.set(counted, (tally.get(counted) ?? 0) + count)
  }
}
