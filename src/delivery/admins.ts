import type { Routes } from '../model/routes.ts'
import { listPeople } from '../store/people/people.ts'
import type { Db } from '../store/tables.ts'

/** The e-mails of all admins: those of the people file, and those that the settings name, where there are any at hand. */
export async function adminEmails(db: Db, routes?: Pick<Routes, 'admins'>): Promise<string[]> {
  const people = (await listPeople(db)).filter(({ role }) => role === 'admin').map(({ email }) => email)
  return [...new Set([...people, ...(routes?.admins ?? [])])]
}
