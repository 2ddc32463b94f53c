import type { Db } from '../../tables.ts'
import { blockOf } from './block.ts'

type Place = { readonly week: number; readonly account: number }

/** Deletes the packs that hold these signals; called in the transaction that deletes the signals. */
export async function dropPacks(db: Db, places: readonly Place[]): Promise<void> {
  const blocks = new Map(places.map(({ week, account }) => [`${week} ${blockOf(account)}`, { week, account }]))
  for (const { week, account } of blocks.values()) {
    await db.deleteFrom('signal_packs').where('week', '=', week).where('block', '=', blockOf(account)).execute()
  }
}
