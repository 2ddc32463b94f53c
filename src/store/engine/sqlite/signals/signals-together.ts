import type Sqlite from 'better-sqlite3'
import type { SignalsTogether } from '../../engine.ts'
import { compareSpans, emptySpans, mergeSpans } from '../../signals/series-spans.ts'
import { columnsOfRows } from '../../signals/signal-columns.ts'
import { openWaitingCorrections } from '../../signals/waiting-corrections.ts'
import { addInParts } from './add-in-parts.ts'
import { noteNews } from './note-news.ts'
import { statementsOf } from './signal-statements.ts'
import { writeRows } from './write-signals.ts'

export function openTogether(sqlite: Sqlite.Database): SignalsTogether {
  const later = openWaitingCorrections()
  let waiting = emptySpans(0)
  return {
    async add(_, batch, order, { isHistory = false }) {
      const { counts, news } = addInParts(sqlite, batch, order, { isHistory, later })
      waiting = mergeSpans(waiting, news, compareSpans(waiting, news).series)
      return counts
    },
    async noteNews() {
      noteNews(statementsOf(sqlite), waiting)
      waiting = emptySpans(0)
    },
    takeCorrections: later.take,
    writeCorrections: async (_, rows, { isHistory = false }) =>
      writeRows(sqlite, columnsOfRows(rows), { isHistory, later: undefined }),
    close: later.close,
  }
}
