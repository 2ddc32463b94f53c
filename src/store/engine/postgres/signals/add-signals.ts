import type { Db } from '../../../tables.ts'
import type { Counts, SaveOptions } from '../../engine.ts'
import { type Places, placesWhere } from '../../signals/batch-order.ts'
import type { Dictionary } from '../../signals/dictionary.ts'
import type { SignalBatch } from '../../signals/signal-batch.ts'
import { columnsOf, type SignalColumns } from '../../signals/signal-columns.ts'
import type { WriteOptions } from '../../signals/write-options.ts'
import { inTransaction } from '../../transaction.ts'
import { compareRows, firstsOf } from './compare-rows.ts'
import type { Dictionaries } from './dictionaries.ts'
import { noteNews } from './note-news.ts'
import { readStored } from './stored-rows.ts'
import { insertRows, keepEarlier, replaceRows } from './write-rows.ts'

export type AddSignals = (
  db: Db,
  batch: SignalBatch,
  order: Places,
  options: SaveOptions,
  later?: WriteOptions['later'],
) => Promise<Counts>

/**
 * Adds signals as part of the transaction that is open, or in one of their own. `prepare` gets the rows before they are
 * written.
 */
export function signalAdder(
  { keysOf }: Dictionaries,
  prepare: (db: Db, rows: SignalColumns) => Promise<void>,
): AddSignals {
  return (db, batch, order, { isHistory = false }, later) =>
    inTransaction(db, async db => {
      const keys = {
        metrics: await keysOf(db, 'metrics', namesAt(batch, 'metrics', batch.metric, order)),
        sources: await keysOf(db, 'sources', namesAt(batch, 'sources', batch.source, order)),
      }
      const rows = columnsOf(batch, order, (dictionary, name) => keys[dictionary].get(name) ?? 0)
      await prepare(db, rows)
      return writeRows(db, rows, { isHistory, later })
    })
}

export function writeRows(db: Db, rows: SignalColumns, how: WriteOptions): Promise<Counts> {
  return inTransaction(db, async db => {
    const firsts = firstsOf(rows)
    const stored = await readStored(db, rows, firsts)
    await insertRows(db, rows, stored.size === 0 ? firsts : placesWhere(firsts, place => !stored.has(place)))
    const { counts, isNews, earlier, replaced } = compareRows(rows, firsts, stored, how)
    await keepEarlier(db, earlier)
    await replaceRows(db, replaced)
    await noteNews(db, rows, isNews)
    return counts
  })
}

function namesAt(batch: SignalBatch, dictionary: Dictionary, column: Int32Array, order: Places): string[] {
  const places = new Set<number>()
  for (const row of order) places.add(column[row] ?? 0)
  return Array.from(places, place => batch[dictionary].all[place] ?? '')
}
