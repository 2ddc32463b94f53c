import { sql } from 'kysely'
import { foldEmail } from '../../domain/people/person.ts'
import { compiledOnce } from '../compiled-once.ts'
import { wholeName } from '../privacy/whole-name.ts'
import { slices } from '../slices.ts'
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

const namedPeople = compiledOnce(db => db.selectFrom('people').select(['email', 'name']).where('name', 'is not', null))

/** Marks for some lines, each looked up once; part of the transaction that writes them. */
export function marksOn(db: Db) {
  const known = new Map<string, Promise<string>>()
  const mark = (kind: NameKind, written: string): Promise<string> => {
    const key = `${kind} ${written}`
    const found = known.get(key) ?? auditMark(db, kind, written)
    known.set(key, found)
    return found
  }
  let people: ReturnType<typeof namedPeople> | undefined
  return {
    mark,
    /** Looks up, or makes, the marks of many accounts together. */
    async prepareAccounts(ids: readonly string[]): Promise<void> {
      for (const names of slices([...new Set(ids)])) {
        const stored = db.selectFrom('audit_names').select(['id', 'name']).where('kind', '=', 'account')
        const rows = await stored.where('name', 'in', names).execute()
        const there = new Set(rows.map(({ name }) => name))
        const missing = names.filter(name => !there.has(name)).map(name => ({ kind: 'account', name }))
        if (missing.length > 0) {
          const made = db.insertInto('audit_names').values(missing).returning(['id', 'name'])
          rows.push(...(await made.execute()))
        }
        for (const { id, name } of rows) known.set(`account ${name}`, Promise.resolve(`⟦account ${id}⟧`))
      }
    },
    /** A text with a mark in place of each person that it names, by e-mail or name, and of the account in `account:ID`. */
    async inText(text: string): Promise<string> {
      let marked = text.replace(/[⟦⟧]/gu, '')
      const account = /^account:(.+)$/su.exec(marked)?.[1]
      if (account !== undefined) return `account:${await mark('account', account)}`
      for (const email of new Set(marked.match(EMAIL) ?? [])) {
        marked = marked.replaceAll(email, await mark('person', email))
      }
      people ??= namedPeople(db)
      for (const { email, name } of await people) {
        if (name === null || name.trim() === '' || !wholeName(name).test(marked)) continue
        marked = marked.replace(wholeName(name), await mark('person', email))
      }
      return marked
    },
  }
}

/** The mark of the account with this key, for a query to compare with. */
export function markOfAccount(key: number) {
  return sql<string>`(select '⟦account ' || audit_names.id || '⟧' from audit_names
    inner join accounts on accounts.id = audit_names.name where audit_names.kind = 'account' and accounts.key = ${key})`
}

/** Turns marks back into names; a forgotten person stays nameless. */
export async function auditNames(db: Db): Promise<(text: string) => string> {
  const rows = await db.selectFrom('audit_names').selectAll().execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return text => text.replace(MARK, (_, kind: NameKind, id: string) => names.get(Number(id)) ?? FORGOTTEN[kind])
}

const FORGOTTEN: Readonly<Record<NameKind, string>> = { person: 'somebody forgotten', account: 'a forgotten account' }

/** Makes the log no longer say whose lines these are. False if it never named them. */
export async function forgetAuditName(db: Db, kind: NameKind, name: string): Promise<boolean> {
  const rows = db.deleteFrom('audit_names').where('kind', '=', kind).where('name', '=', name)
  return (await rows.executeTakeFirst()).numDeletedRows > 0n
}
