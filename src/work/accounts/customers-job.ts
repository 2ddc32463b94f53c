import type { Context } from '../../context.ts'
import { HOUR } from '../../domain/time/instant.ts'
import { readDueAccounts } from '../../store/scoring/due-accounts.ts'
import { updateCustomers } from './update-customers.ts'

/**
 * Keeps track of who is a customer: accounts with news at every tick; all of them once an hour, since a date can pass, and
 * as soon as the condition changes.
 */
export function customersJob(): (context: Context) => Promise<void> {
  let lookedAtAll = ''
  return async ({ connection, settings, clock }) => {
    const { customers } = settings.routes
    const now = clock()
    const all = `${Math.floor(now / HOUR)}:${JSON.stringify(customers)}`
    if (all !== lookedAtAll) {
      await updateCustomers(connection.db, customers, now)
      lookedAtAll = all
      return
    }
    const due = await readDueAccounts(connection.db)
    const keys = due.map(({ account }) => account)
    if (keys.length > 0) await updateCustomers(connection.db, customers, now, keys)
  }
}
