import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Instant } from '../../domain/time/instant.ts'
import type { Note } from '../../ingest/files/notes.ts'
import { openFile, openStream } from '../../ingest/files/source.ts'
import type { LoadedKind } from '../../ingest/load/load.ts'
import type { LoadReport } from '../../ingest/load/loading.ts'
import { fileDay } from '../../ingest/mapping/file-day.ts'
import { loadMapped } from '../../ingest/mapping/load-mapped.ts'
import { openMapped } from '../../ingest/mapping/open-mapped.ts'
import { inWords } from '../../ingest/storage-trouble.ts'
import { customersNote } from '../../model/mapping/customers-note.ts'
import { findMapping, mapsFolder } from '../../model/mapping/find-mapping.ts'
import { namedFacts } from '../../model/named-facts.ts'
import { operatorName } from '../../operator-name.ts'
import { followLoad } from '../../work/sources/follow-load.ts'
import { settingsOrNone } from '../settings-or-none.ts'
import type { Shell } from '../shell.ts'
import { datesOf, decimalOf, fromOf, type ImportOptions, rejectsOf, tell } from './import-options.ts'

/** `import --map NAME FILE`: a file whose columns a mapping gives their meaning. */
export async function importMapped(
  shell: Shell,
  kind: LoadedKind | undefined,
  path: string,
  options: ImportOptions,
): Promise<void> {
  const settings = settingsOrNone(shell)
  const found = findMapping(options.map ?? '', mapsFolder(shell.settingsFolder, settings?.sources.maps))
  const [decimal, dates] = [decimalOf(options), datesOf(options)]
  const from = fromOf(shell, 'accounts', options)
  const file = path === '-' ? await openStream('stdin', process.stdin) : await openFile(path)
  const other = options.with === undefined ? undefined : await openFile(options.with)
  const now = shell.clock()
  try {
    const day = fileDay(path, await writtenAt(path), now)
    const mapped = await openMapped(file, found, { decimal, dates, sheet: options.sheet, other, fileDay: day })
    const connection = await shell.open(options.db, { mayBeNew: true })
    const rejects = rejectsOf(shell, path, options)
    const dryRun = options.dryRun ? await connection.engine.dryRun() : undefined
    const subject = path === '-' ? 'stdin' : basename(path)
    try {
      const report = await loadMapped({
        ...mapped,
        connection,
        rejects,
        now,
        from,
        isHistory: options.history === true,
        facts: settings && namedFacts(settings),
        platforms: shell.platforms,
        ...(kind !== undefined && { kinds: [kind] }),
        loaded: (kind: LoadedKind, report: LoadReport) =>
          options.dryRun
            ? Promise.resolve()
            : followLoad(connection.db, { kind, subject, who: operatorName(), settings }, report, now),
      })
      rejects.close()
      const customers = settings && customersNote(mapped.mapping, settings.routes.customers)
      const notes: Note[] = [...mapped.notes, ...report.notes, ...(customers === undefined ? [] : [customers])]
      tell(shell, { ...report, notes }, path, options)
      if (report.rejected > 0) shell.exitWith(2)
    } catch (error) {
      throw inWords(error)
    } finally {
      rejects.close()
      await dryRun?.end()
    }
  } finally {
    await file.close()
    await other?.close()
  }
}

/** When a file was written last: so it is the same day however often it is loaded. */
export async function writtenAt(path: string): Promise<Instant | undefined> {
  return path === '-' ? undefined : (await stat(path)).mtimeMs
}
