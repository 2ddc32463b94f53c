import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Shell, Verb } from '../../src/cli/shell.ts'
import { importVerb } from '../../src/cli/sources/import.ts'
import { map } from '../../src/cli/sources/map.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { platforms } from '../../src/platforms.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { migratedDatabase } from './migrated.ts'

/** What the command line said and how it ended. */
export type Said = { readonly stdout: string; readonly stderr: string; readonly exit: 0 | 1 | 2 }

export type Bench = {
  readonly connection: Connection
  readonly folder: string
  now: number
  /** Writes a file and gives its path. */
  file(name: string, content: string | Buffer): string
  import(...words: string[]): Promise<Said>
  map(...words: string[]): Promise<Said>
  rows(sql: string): unknown[]
  end(): Promise<void>
}

/** A folder, a database in memory, and the verb. */
export async function setUpImport(): Promise<Bench> {
  const connection = await migratedDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'rounds-import-'))
  const bench: Bench = {
    connection,
    folder,
    now: Date.UTC(2026, 0, 1),
    file(name, content) {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    import: (...words) => runVerb(importVerb, connection, bench.now, ['import', ...words], folder),
    map: (...words) => runVerb(map, connection, bench.now, ['map', ...words], folder),
    rows: sql =>
      bareOf(connection)
        .prepare(sql)
        .raw()
        .all()
        .map(row => (Array.isArray(row) ? row.join('|') : row)),
    async end() {
      await connection.close()
      rmSync(folder, { recursive: true })
    },
  }
  return bench
}

/** Runs one verb as the command line would. */
export async function runVerb(
  verb: Verb,
  connection: Connection,
  now: number,
  words: string[],
  settingsFolder?: string,
): Promise<Said> {
  const said = { stdout: '', stderr: '', exit: 0 as 0 | 1 | 2 }
  const shell: Pick<
    Shell,
    'clock' | 'platforms' | 'settingsFolder' | 'settings' | 'open' | 'print' | 'note' | 'isWatched' | 'exitWith'
  > = {
    clock: () => now,
    platforms,
    settingsFolder,
    settings: () => loadSettings(undefined),
    open: async () => connection,
    print: text => {
      said.stdout += `${text}\n`
    },
    note: text => {
      said.stderr += `${text}\n`
    },
    isWatched: false,
    exitWith: code => {
      said.exit = code
    },
  }
  const program = new Command().exitOverride()
  verb(program, shell as Shell)
  await program.parseAsync(words, { from: 'user' })
  return said
}
