import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { renderCard } from '../../adapters/terminal/render-card.ts'
import { wideLines } from '../../adapters/terminal/wide-lines.ts'
import type { Shell, Verb } from '../../src/cli/shell.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { migratedDatabase } from './migrated.ts'
import { NOW, OUTCOME_MODEL } from './outcome-world.ts'

/** The command line on a database of its own, with the model that the outcomes are made for. */
export async function openOutcomeShell() {
  const connection = await migratedDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'rounds-outcomes-'))
  writeFileSync(join(folder, 'model.yaml'), OUTCOME_MODEL)

  return {
    connection,
    folder,
    /** What it prints. */
    async run(verb: Verb, ...words: string[]): Promise<string> {
      let stdout = ''
      const shell: Partial<Shell> = {
        clock: () => NOW,
        settings: () => loadSettings(folder),
        open: async () => connection,
        print: text => {
          stdout += `${text}\n`
        },
        note: () => {},
        draw: async card => renderCard(card, { columns: 100, colors: false, lines: wideLines }),
        isWatched: false,
      }
      const program = new Command().exitOverride()
      verb(program, shell as Shell)
      await program.parseAsync(words, { from: 'user' })
      return stdout
    },
    async close(): Promise<void> {
      await connection.close()
      rmSync(folder, { recursive: true })
    },
  }
}
