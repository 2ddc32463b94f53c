import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BotError } from '../../errors.ts'
import { rejectsFile, withOrigin } from '../../ingest/files/rejects.ts'
import { openFile } from '../../ingest/files/source.ts'
import { kindOfFile } from '../../ingest/folder/kind-of-file.ts'
import { hashOf, makeRoom, putAway, sayWhy } from '../../ingest/folder/put-away.ts'
import { LOADERS, type LoadedKind } from '../../ingest/load/load.ts'
import type { Load, LoadReport } from '../../ingest/load/loading.ts'
import { fileDay } from '../../ingest/mapping/file-day.ts'
import { loadMapped } from '../../ingest/mapping/load-mapped.ts'
import { openMapped } from '../../ingest/mapping/open-mapped.ts'
import { inWords, storageTrouble } from '../../ingest/storage-trouble.ts'
import { asCsv } from '../../ingest/tables/open-table.ts'
import type { FoundMapping } from '../../model/mapping/find-mapping.ts'
import { namedFacts } from '../../model/named-facts.ts'
import type { Settings } from '../../model/settings.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { isLoaded, markLoaded } from '../../store/sources/loaded-files.ts'
import { followLoad } from './follow-load.ts'

/** What files of a folder are loaded with. */
export type FolderLoad = Pick<Load, 'platforms'> & {
  readonly isHistory: boolean
  readonly connection: Connection
  readonly settings: Settings | undefined
  readonly clock: () => number
  readonly who: string
  /** What the columns of the files mean; without it their names say what they hold. */
  readonly map?: FoundMapping | undefined
}

/** What became of a file: it was loaded, was known already, or is refused as a whole. */
export type FileOutcome = { readonly file: string } & (
  | { readonly outcome: 'loaded'; readonly kind: string; readonly report: LoadReport }
  | { readonly outcome: 'known' }
  | { readonly outcome: 'refused'; readonly why: string }
)

/**
 * Loads a file of a folder and puts it away. It is marked as loaded after its rows and before it is moved: a kill before
 * the mark loads the same rows again, which changes nothing, and one after it only moves the file. Throws, and leaves the
 * file where it is, when the database cannot take it.
 */
export async function loadWaitingFile(load: FolderLoad, folder: string, file: string): Promise<FileOutcome> {
  const { db } = load.connection
  await makeRoom(folder)
  const hash = await hashOf(join(folder, file))
  if (await isLoaded(db, { name: file, hash })) {
    await putAway(folder, file, 'done', hash)
    return { file, outcome: 'known' }
  }
  try {
    const { map } = load
    const kind = map?.name ?? kindOfFile(file)
    const report =
      map === undefined ? await loadAs(load, kindOfFile(file), folder, file) : await loadBy(load, map, folder, file)
    await markLoaded(db, { name: file, hash }, load.clock())
    await putAway(folder, file, 'done', hash)
    return { file, outcome: 'loaded', kind, report }
  } catch (error) {
    if (!(error instanceof BotError) || storageTrouble(error) !== undefined) throw inWords(error)
    const why = [error.message, error.hint ?? ''].join(' ').trim()
    await putAway(folder, file, 'rejected', hash)
    await sayWhy(folder, file, why)
    return { file, outcome: 'refused', why }
  }
}

async function loadAs(load: FolderLoad, kind: LoadedKind, folder: string, file: string): Promise<LoadReport> {
  const { connection, settings, clock, who, platforms, isHistory } = load
  const opened = await openFile(join(folder, file))
  const source = await asCsv(opened)
  const rejects = withOrigin(rejectsFile(join(folder, 'rejected', `${file}.rejects.csv`)), source.origin)
  const facts = settings && namedFacts(settings)
  try {
    const report = await LOADERS[kind]({ connection, source, rejects, now: clock(), platforms, isHistory, facts })
    await followLoad(connection.db, { kind, subject: file, who, settings }, report, clock())
    return report
  } finally {
    await opened.close()
    rejects.close()
  }
}

/** The same by a mapping, which may make several kinds of one file. */
async function loadBy(load: FolderLoad, map: FoundMapping, folder: string, file: string): Promise<LoadReport> {
  const { connection, settings, clock, who, platforms, isHistory } = load
  const path = join(folder, file)
  const now = clock()
  const opened = await openFile(path)
  const rejects = rejectsFile(join(folder, 'rejected', `${file}.rejects.csv`))
  const facts = settings && namedFacts(settings)
  try {
    const mapped = await openMapped(opened, map, { fileDay: fileDay(file, (await stat(path)).mtimeMs, now) })
    const loaded = (kind: LoadedKind, report: LoadReport) =>
      followLoad(connection.db, { kind, subject: file, who, settings }, report, now)
    return await loadMapped({ ...mapped, connection, rejects, now, isHistory, facts, platforms, loaded })
  } finally {
    await opened.close()
    rejects.close()
  }
}
