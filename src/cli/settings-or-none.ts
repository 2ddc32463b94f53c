import { BotError } from '../errors.ts'
import type { Settings } from '../model/settings.ts'
import type { Shell } from './shell.ts'

/** Data is loaded whatever the settings are; what is wrong with them is for other verbs to say. */
export function settingsOrNone(shell: Shell): Settings | undefined {
  try {
    return shell.settings()
  } catch (error) {
    if (!(error instanceof BotError)) throw error
    shell.note(
      'The settings cannot be read, so nothing was checked against them. `rounds model check` says what is wrong.',
    )
    return undefined
  }
}
