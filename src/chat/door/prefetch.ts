import type { Context, Runtime } from '../../context.ts'
import type { Arrived } from '../../store/delivery/handled-requests.ts'
import { inSnapshot } from '../../store/engine/transaction.ts'
import { lookUpAsking } from '../../work/people/person-asking.ts'
import { lookUpCalled } from '../accounts/find/find-account.ts'
import { nameIn } from '../words/understand.ts'

/**
 * The context of a request, which remembers its first lookups: the person and the account of that name. They are asked
 * together with the settings, on one connection.
 */
export function prefetchedContext(runtime: Runtime, { kind, request }: Arrived): Promise<Context> {
  const { connection, readSettings } = runtime
  const name = kind === 'ask' ? nameIn(request.text) : undefined
  return inSnapshot(connection.db, async db => {
    const there = { ...runtime, connection: { ...connection, db } }
    const lookups = [lookUpAsking(there, request.actor), ...(name ? [lookUpCalled(there, name)] : [])]
    const [settings, ...found] = await Promise.all([readSettings(db), ...lookups])
    const context = { ...runtime, settings }
    for (const remember of found) remember(context)
    return context
  })
}
