import { isAbsolute, join } from 'node:path'
import type { Context } from '../../context.ts'
import { BotError } from '../../errors.ts'
import { atRest, lookInto, type Sight } from '../../ingest/folder/waiting-files.ts'
import { findMapping, mapsFolder } from '../../model/mapping/find-mapping.ts'
import { runAlone } from '../schedule/run-alone.ts'
import { loadWaitingFile } from './load-folder.ts'

const FOLDERS = 'folders'

/**
 * Loads what appears in the folders of sources.yaml, each by its mapping. A file is complete once nobody has written
 * to it between two checks. `who` is in the audit log.
 */
export function watchFolders(who: string): (context: Context, holder: string) => Promise<void> {
  const seen = new Map<string, Sight>()

  return async (context, holder) => {
    const { connection, settings, log } = context
    const { folders } = settings.sources
    if (folders.length === 0) return
    await runAlone(connection.db, { kind: 'job', name: FOLDERS, holder }, 0, async () => {
      for (const { folder, map } of folders) {
        const path = isAbsolute(folder) ? folder : join(settings.folder ?? '.', folder)
        await loadFrom(context, path, map).catch(error => {
          if (!(error instanceof BotError)) throw error
          log.warn({ folder: path, reason: error.message }, 'a folder waits')
        })
      }
    })
  }

  async function loadFrom(context: Context, folder: string, name: string): Promise<void> {
    const { connection, settings, clock, platforms, log } = context
    const now = await lookInto(folder)
    const files = atRest(seen.get(folder) ?? new Map(), now)
    seen.set(folder, now)
    if (files.length === 0) return
    const map = findMapping(name, mapsFolder(settings.folder, settings.sources.maps))
    for (const file of files) {
      const load = { connection, settings, clock, who, platforms, isHistory: false, map }
      const { outcome } = await loadWaitingFile(load, folder, file)
      log.info({ folder, file, outcome }, 'a file was loaded')
    }
  }
}
