import { setTimeout as sleep } from 'node:timers/promises'
import { BotError } from '../../errors.ts'
import { atRest, lookInto, type Sight } from '../../ingest/folder/waiting-files.ts'
import { findMapping, mapsFolder } from '../../model/mapping/find-mapping.ts'
import { operatorName } from '../../operator-name.ts'
import { stopSignal } from '../../process/stop-signal.ts'
import { type FileOutcome, type FolderLoad, loadWaitingFile } from '../../work/sources/load-folder.ts'
import { settingsOrNone } from '../settings-or-none.ts'
import { printJson, type Shell, type Verb } from '../shell.ts'

type Options = { once?: boolean; map?: string; history?: boolean; json?: boolean; db?: string }

/** A file that nobody has written to for so long is whole. */
const REST = 2_000

export const watch: Verb = (program, shell) => {
  program
    .command('watch')
    .description('load each new file of a folder once, and move it to done/ or rejected/')
    .argument('<dir>', 'the folder; file names begin with accounts, people, signals, comments or outcomes')
    .option('--once', 'load what is there now, then exit: for cron')
    .option('--map <name>', 'what the columns of the files mean: the name of a mapping, or a mapping file')
    .option('--history', 'treat each row as known when it happened, instead of now: for past data')
    .option('--json', 'print one JSON document for each file')
    .option('--db <url>', 'the database')
    .action((folder: string, options: Options) => watchFolder(shell, folder, options))
}

async function watchFolder(shell: Shell, folder: string, options: Options): Promise<void> {
  const stop = options.once ? undefined : stopSignal(process.env)
  let before: Sight = await lookInto(folder)
  const connection = await shell.open(options.db, { mayBeNew: true })
  if (stop !== undefined) shell.note(`Watching ${folder}. Ctrl+C ends it.`)
  do {
    await sleep(REST, undefined, { signal: stop }).catch(() => {})
    if (stop?.aborted) break
    const now = await lookInto(folder)
    const settings = settingsOrNone(shell)
    const maps = mapsFolder(shell.settingsFolder, settings?.sources.maps)
    const load = {
      connection,
      settings,
      map: options.map === undefined ? undefined : findMapping(options.map, maps),
      clock: shell.clock,
      who: operatorName(),
      platforms: shell.platforms,
      isHistory: options.history === true,
    }
    await loadAll(shell, load, folder, atRest(before, now), options)
    before = now
  } while (stop !== undefined)
}

/** One after the other by name, so that accounts are there before their signals. A full disk ends `--once`, and is waited out else. */
async function loadAll(
  shell: Shell,
  load: FolderLoad,
  folder: string,
  files: readonly string[],
  { once, json }: Options,
): Promise<void> {
  for (const file of files) {
    try {
      const done = await loadWaitingFile(load, folder, file)
      if (json) printJson(shell, done)
      else shell.print(wordsOf(done, folder))
      if (done.outcome === 'refused' || (done.outcome === 'loaded' && done.report.rejected > 0)) shell.exitWith(2)
    } catch (error) {
      if (once || !(error instanceof BotError)) throw error
      shell.note(`${file} waits: ${error.message}`)
      return
    }
  }
}

function wordsOf(done: FileOutcome, folder: string): string {
  switch (done.outcome) {
    case 'known':
      return `${done.file}: loaded before, nothing to do`
    case 'refused':
      return `${done.file}: refused, see ${folder}/rejected. ${done.why}`
    case 'loaded': {
      const { added, changed, unchanged, rejected } = done.report
      const where = rejected > 0 ? `, see ${folder}/rejected` : ''
      return `${done.file}: ${done.kind}, ${added} added, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected${where}`
    }
  }
}
