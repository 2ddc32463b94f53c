import type { Routes } from '../model/routes.ts'
import { listPeople } from '../store/people/people.ts'
import type { Db } from '../store/tables.ts'

/** The e-mails of all admins: from the people file and, if settings are at hand, from those. */
export async function adminEmails(db: Db, routes?: Pick<Routes, 'admins'>): Promise<string[]> {
  const people = (await listPeople(db)).filter(({ role }) => role === 'admin').map(({ email }) => email)
  return [...new Set([...people, ...(routes?.admins ?? [])])]
}
