import type Sqlite from 'better-sqlite3'
import { createYielder } from '../../../../async/yielder.ts'
import type { Reach } from '../../../../domain/scoring/reach.ts'
import { DAY } from '../../../../domain/time/instant.ts'
import { BLOCK, keysOfBlock } from '../../packs/block.ts'
import { openPack } from '../../packs/pack.ts'
import { WORTH_A_PACK } from '../../packs/worth-a-pack.ts'
import { weekOf } from '../../signals/week.ts'
import { prepared } from '../connection/prepared-statements.ts'
import { reachedWeeks } from '../signals/reached-weeks.ts'
import { signalScan } from '../signals/signal-scan.ts'
import { storePack } from './stored-packs.ts'

/** The most signals of one transaction, which keeps other writers waiting, and of one pack. */
const TOGETHER = 50_000

type Place = { readonly week: number; readonly block: number }

/**
 * Packs the past weeks that scoring reads, wherever a pack is missing, and deletes older packs. A pack is a copy:
 * any change of a signal deletes its pack in the same transaction.
 */
export async function packWeeks(sqlite: Sqlite.Database, reach: Reach): Promise<void> {
  const { firstWeek, lastWeek } = reachedWeeks(sqlite, reach)
  prepared(sqlite, 'DELETE FROM signal_packs WHERE week < ?').run(firstWeek)
  // Late rows mostly come within a day.
  const missing = placesWithout(sqlite, firstWeek, Math.min(lastWeek, weekOf(reach.until - DAY) - 1))
  const packSome = sqlite.transaction((start: number) => {
    let next = start
    for (let signals = 0; next < missing.length && signals < TOGETHER; next += 1) signals += pack(sqlite, missing[next])
    return next
  })
  const yieldIfDue = createYielder()
  for (let next = 0; next < missing.length; await yieldIfDue()) next = packSome.immediate(next)
}

function placesWithout(sqlite: Sqlite.Database, firstWeek: number, lastWeek: number): Place[] {
  const blocks = prepared<[number], number>(
    sqlite,
    `SELECT key / ${BLOCK} FROM accounts GROUP BY key / ${BLOCK} HAVING count(*) >= ?`,
    'values',
  ).all(WORTH_A_PACK)
  const packed = prepared<[], Place>(sqlite, 'SELECT week, block FROM signal_packs').all()
  const known = new Set(packed.map(({ week, block }) => `${week} ${block}`))
  const places: Place[] = []
  for (let week = firstWeek; week <= lastWeek; week += 1) {
    for (const block of blocks) if (!known.has(`${week} ${block}`)) places.push({ week, block })
  }
  return places
}

/** Returns how many signals it counted. */
function pack(sqlite: Sqlite.Database, place: Place | undefined): number {
  if (place === undefined) return 0
  const accounts = keysOfBlock(place.block)
  const [first, last] = [accounts[0] ?? 0, accounts.at(-1) ?? 0]
  const count = prepared<[number, number, number, number], number>(
    sqlite,
    'SELECT count(*) FROM (SELECT 1 FROM signals WHERE week = ? AND account BETWEEN ? AND ? LIMIT ?)',
    'values',
  ).get(place.week, first, last, TOGETHER + 1)
  const signals = count ?? 0
  if (signals > TOGETHER) {
    storePack(sqlite, place.week, place.block, null)
    return signals
  }
  const signalsOf = openPack()
  signalScan(sqlite).signals(accounts, place.week, undefined, signalsOf.add)
  storePack(sqlite, place.week, place.block, signalsOf.bytes())
  return signals
}
