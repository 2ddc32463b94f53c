import { adminEmails } from '../../delivery/admins.ts'
import { type AlertDetails, confidentialityOf } from '../../domain/alerts/alert-details.ts'
import { isConfidential, maySee } from '../../domain/alerts/confidential.ts'
import type { Destination } from '../../domain/delivery/destination.ts'
import type { Db } from '../../store/tables.ts'

/** Whether a copy of an alert must no longer show it: the account's owner or the alert's holder has changed. */
export async function withheldFrom(
  db: Db,
  alert: AlertDetails,
  admins: readonly string[],
): Promise<(place: Destination) => boolean> {
  if (!isConfidential(alert.kind)) return () => false
  const all = await adminEmails(db, { admins: [...admins] })
  return ({ person: email }) => {
    const role = email !== undefined && all.includes(email) ? 'admin' : 'viewer'
    return !maySee({ role, ...(email !== undefined && { email }) }, confidentialityOf(alert))
  }
}
