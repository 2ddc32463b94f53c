import { type Kysely, sql } from 'kysely'

export async function lastingReasons(db: Kysely<any>): Promise<void> {
  // "Renews 2027-01-31, in 18 days. Usage fell": how near it is, is said when it is read.
  await sql`update alerts set reason = substr(reason, instr(reason, '. ') + 2)
    where kind = 'renewal_risk' and reason like 'Renews %' and instr(reason, '. ') > 0`.execute(db)
}
