import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { model } from '../../src/cli/model/model.ts'
import type { Shell } from '../../src/cli/shell.ts'
import { platforms } from '../../src/platforms.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import type { Said } from './csv-import.ts'
import { LOOKED_AT } from './sound-model.ts'

/** `rounds model`, in a folder of its own, whose database need not be there. */
export function setUpModel() {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-model-'))
  const open: Connection[] = []
  const desk = {
    folder,
    now: LOOKED_AT,
    settingsFolder: undefined as string | undefined,
    databaseUrl: `sqlite:${join(folder, 'rounds.db')}`,
    /** How often a database was opened. */
    get opened() {
      return open.length
    },
    file(name: string, text: string): string {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
    async database(): Promise<Connection> {
      const connection = openDatabase(desk.databaseUrl)
      await migrate(connection)
      return connection
    },
    async model(...words: string[]): Promise<Said> {
      const said = { stdout: '', stderr: '', exit: 0 as 0 | 1 | 2 }
      const shell: Partial<Shell> = {
        clock: () => desk.now,
        environment: { DATABASE_URL: desk.databaseUrl },
        platforms,
        settingsFolder: desk.settingsFolder,
        open: async (url = desk.databaseUrl) => {
          const connection = openDatabase(url)
          open.push(connection)
          await migrate(connection)
          return connection
        },
        print: text => {
          said.stdout += `${text}\n`
        },
        note: text => {
          said.stderr += `${text}\n`
        },
        exitWith: code => {
          said.exit = code
        },
      }
      const program = new Command().exitOverride()
      model(program, shell as Shell)
      await program.parseAsync(['model', ...words], { from: 'user' })
      return said
    },
    async end() {
      for (const connection of open) await connection.close()
      rmSync(folder, { recursive: true })
    },
  }
  return desk
}
