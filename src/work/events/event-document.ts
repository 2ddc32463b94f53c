import { alertDocumentThen } from '../../documents/alert.ts'
import { outcomeDocument } from '../../documents/outcome.ts'
import { transitionDocument } from '../../documents/transition.ts'
import { accountByKeyOrNone } from '../../store/accounts/find-accounts.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import type { StoredEvent } from '../../store/events/events.ts'
import type { Db } from '../../store/tables.ts'

type Document = Readonly<Record<string, unknown>>

/** What other systems are told about an event; undefined if its subject is gone. */
export async function eventDocumentOrNone(db: Db, event: StoredEvent): Promise<Document | undefined> {
  if ('written' in event) return event.written
  const account = await accountByKeyOrNone(db, event.account)
  if (account === undefined) return undefined
  const named = { account: account.id, account_name: account.name }
  switch (event.kind) {
    case 'transition':
      return { ...named, ...transitionDocument({ ...event.fact, account: account.id, at: event.at }) }
    case 'outcome':
      return { ...named, ...outcomeDocument(event.fact) }
    case 'alert': {
      const alert = await findAlertDetailsOrNone(db, event.fact.id, event.at)
      // as that change left it, whatever became of it since
      return alert && alertDocumentThen(alert, event.fact)
    }
  }
}
