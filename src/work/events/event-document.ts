import { alertDocument } from '../../documents/alert.ts'
import { outcomeDocument } from '../../documents/outcome.ts'
import { transitionDocument } from '../../documents/transition.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { accountByKeyOrNone } from '../../store/accounts/accounts.ts'
import { findAlertDetailsOrNone } from '../../store/alerts/alert-details.ts'
import type { NewEvent, StoredEvent } from '../../store/events/events.ts'
import type { Db } from '../../store/tables.ts'

type Document = Readonly<Record<string, unknown>>

/** What is said of an event to other systems; undefined where what it is about is gone. */
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
    case 'alert':
      return alertThen(db, event)
  }
}

/** The alert as that change left it, whatever became of it since. */
async function alertThen(db: Db, { at, fact }: NewEvent & { readonly kind: 'alert' }): Promise<Document | undefined> {
  const now = await findAlertDetailsOrNone(db, fact.id, at)
  if (now === undefined) return undefined
  const {
    claimedBy: _,
    claimedAt: __,
    wakesAt: ___,
    resolvedAt: ____,
    resolvedBy: _____,
    resolution: ______,
    ...about
  } = now
  return alertDocument({ ...about, ...fact } satisfies Alert & typeof about)
}
