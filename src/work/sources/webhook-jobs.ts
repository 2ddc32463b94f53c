import type { Context } from '../../context.ts'
import { placesOfAdmins } from '../../delivery/notify-admins.ts'
import { factSignals } from '../../domain/sources/fact-signals.ts'
import { DAY, dayOf } from '../../domain/time/instant.ts'
import { writeFactSignals } from '../../ingest/sources/apply-facts.ts'
import { WEBHOOK_SOURCES } from '../../ingest/sources/index.ts'
import { placeWaiting } from '../../ingest/sources/place-waiting.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { accountsReportedOn, factsOfAccount } from '../../store/webhooks/source-events.ts'
import { dropUnplaced, unplacedEvents } from '../../store/webhooks/unplaced-events.ts'
import { unplacedCard } from '../../views/sources/unplaced-card.ts'
import { isolateFailures } from '../schedule/isolate-failures.ts'

/** How long an event waits for its account. */
const KEPT_FOR = 7 * DAY

/** Invoices are told of for so long after they last changed. */
const INVOICE_LIFE = 400 * DAY

/** Assigns waiting events to their accounts once those exist; events that waited in vain are reported to the admins and dropped. */
export async function placeWaitingEvents(context: Context): Promise<void> {
  const { connection, clock } = context
  const now = clock()
  const { attempt, report } = isolateFailures()
  for (const { name } of WEBHOOK_SOURCES) {
    await attempt(name, () => inTransaction(connection.db, db => placeWaiting({ ...connection, db }, name, now)))
  }
  await inTransaction(connection.db, async db => {
    const unplaced = await unplacedEvents(db, now - KEPT_FOR)
    if (unplaced.length === 0) return
    const key = {
      subject: { of: 'source', id: 'webhooks' },
      purpose: 'unplaced',
      number: Date.parse(dayOf(now)),
    } as const
    for (const to of await placesOfAdmins(db, context)) {
      await addMessage(db, { ...key, to, card: unplacedCard(unplaced), alerts: [], at: now })
    }
    await dropUnplaced(db, now - KEPT_FOR)
  })
  report()
}

/** Every day an open invoice is a day older, without any event. */
export async function ageInvoices({ connection, clock }: Context): Promise<void> {
  const now = clock()
  const { attempt, report } = isolateFailures()
  for (const account of await accountsReportedOn(connection.db, 'stripe', now - INVOICE_LIFE)) {
    await attempt(`the invoices of account ${account}`, async () => {
      const facts = await factsOfAccount(connection.db, 'stripe', account)
      const invoices = facts.filter(fact => fact.of === 'invoice')
      const news = factSignals('stripe', invoices, now).filter(({ observedAt }) => observedAt > now - 2 * DAY)
      if (news.length > 0)
        await writeFactSignals(connection, { source: 'stripe', account: { key: account, id: '' } }, news, now)
    })
  }
  report()
}
