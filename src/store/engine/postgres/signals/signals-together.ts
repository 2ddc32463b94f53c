import type { SignalsTogether } from '../../engine.ts'
import type { Places } from '../../signals/batch-order.ts'
import { columnsOfRows } from '../../signals/signal-columns.ts'
import { openWaitingCorrections } from '../../signals/waiting-corrections.ts'
import type { AddSignals } from './add-signals.ts'
import { writeRows } from './add-signals.ts'

export function openTogether(add: AddSignals): SignalsTogether {
  const later = openWaitingCorrections()
  let newest: Places | undefined
  return {
    add(db, batch, order, options) {
      // A transaction that is tried again brings the same rows once more.
      if (order === newest) later.takeBack()
      else later.keep()
      newest = order
      return add(db, batch, order, options, later)
    },
    noteNews: async () => {},
    takeCorrections: later.take,
    writeCorrections: (db, rows, { isHistory = false }) =>
      writeRows(db, columnsOfRows(rows), { isHistory, later: undefined }),
    close: later.close,
  }
}
