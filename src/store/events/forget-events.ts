import type { Db } from '../tables.ts'
import { eventsAfter } from './events.ts'

/** Events that are looked at at a time. */
const SLICE = 500

/** Deletes events that were not sent yet and name a forgotten person or account. */
export async function forgetEventsNaming(db: Db, names: readonly string[]): Promise<void> {
  const written = names.filter(name => name !== '').map(name => JSON.stringify(name).toLowerCase())
  for (let last = 0; ; ) {
    const events = await eventsAfter(db, last, SLICE)
    const naming = events.filter(event => {
      const text = JSON.stringify('written' in event ? event.written : event.fact).toLowerCase()
      return written.some(name => text.includes(name))
    })
    const ids = naming.map(({ id }) => id)
    if (ids.length > 0) await db.deleteFrom('events').where('id', 'in', ids).execute()
    last = events.at(-1)?.id ?? last
    if (events.length < SLICE) return
  }
}
