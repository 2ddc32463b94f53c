import { sql } from 'kysely'
import { foldEmail } from '../../domain/people/person.ts'
import { compiledOnce } from '../compiled-once.ts'
import { wholeName } from '../privacy/whole-name.ts'
import type { Db } from '../tables.ts'

type NameKind = 'person' | 'account'

const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const MARK = /⟦(person|account) (\d+)⟧/gu

/** The mark that stands for somebody in the audit log, such as `⟦person 12⟧`. The log itself never names anybody. */
export async function auditMark(db: Db, kind: NameKind, written: string): Promise<string> {
  const known = await auditMarkOrNone(db, kind, written)
  if (known !== undefined) return known
  const name = kind === 'person' ? foldEmail(written) : written
  const { id } = await db.insertInto('audit_names').values({ kind, name }).returning('id').executeTakeFirstOrThrow()
  return `⟦${kind} ${id}⟧`
}

export async function auditMarkOrNone(db: Db, kind: NameKind, written: string): Promise<string | undefined> {
  const name = kind === 'person' ? foldEmail(written) : written
  const [known] = await storedName(db, kind, name)
  return known && `⟦${kind} ${known.id}⟧`
}

const storedName = compiledOnce((db, kind: NameKind, name: string) =>
  db.selectFrom('audit_names').select('id').where('kind', '=', kind).where('name', '=', name),
)

/** A text with a mark in place of each person that it names, by e-mail or name, and of the account in `account:ID`. */
export async function withMarks(db: Db, text: string): Promise<string> {
  let marked = text.replace(/[⟦⟧]/gu, '')
  const account = /^account:(.+)$/su.exec(marked)?.[1]
  if (account !== undefined) return `account:${await auditMark(db, 'account', account)}`
  for (const email of new Set(marked.match(EMAIL) ?? [])) {
    marked = marked.replaceAll(email, await auditMark(db, 'person', email))
  }
  for (const { email, name } of await namedPeople(db)) {
    if (name === null || name.trim() === '' || !wholeName(name).test(marked)) continue
    marked = marked.replace(wholeName(name), await auditMark(db, 'person', email))
  }
  return marked
}

const namedPeople = compiledOnce(db => db.selectFrom('people').select(['email', 'name']).where('name', 'is not', null))

/** The mark of the account with this key, for a query to compare with. */
export function markOfAccount(key: number) {
  return sql<string>`(select '⟦account ' || audit_names.id || '⟧' from audit_names
    inner join accounts on accounts.id = audit_names.name where audit_names.kind = 'account' and accounts.key = ${key})`
}

/** Turns marks back into names; the person who was forgotten stays without one. */
export async function auditNames(db: Db): Promise<(text: string) => string> {
  const rows = await db.selectFrom('audit_names').selectAll().execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return text => text.replace(MARK, (_, kind: NameKind, id: string) => names.get(Number(id)) ?? FORGOTTEN[kind])
}

const FORGOTTEN: Readonly<Record<NameKind, string>> = { person: 'somebody forgotten', account: 'a forgotten account' }

/** From now on the log says no more whose lines these are. False when it never named them. */
export async function forgetAuditName(db: Db, kind: NameKind, name: string): Promise<boolean> {
  const rows = db.deleteFrom('audit_names').where('kind', '=', kind).where('name', '=', name)
  return (await rows.executeTakeFirst()).numDeletedRows > 0n
}
