import { statSync } from 'node:fs'
import { join } from 'node:path'
import { BotError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { PlatformNames } from '../../model/platform-names.ts'
import { routeNotes } from '../../model/route-notes.ts'
import { loadSettings, type Settings } from '../../model/settings.ts'

export type WatchedSettings = { readonly current: () => Settings; stop(): void }

const FILES = ['model.yaml', 'digests.yaml', 'routes.yaml', 'sources.yaml']
const CHECK_EVERY = 5_000

/** Reads the settings and throws if they are invalid at the start; later picks up changes, as long as they are valid. */
export function watchSettings(folder: string | undefined, platforms: PlatformNames, log: Log): WatchedSettings {
  let settings = loadSettings(folder, platforms)
  sayWhatToKnow(settings, log)
  if (folder === undefined) return { current: () => settings, stop() {} }
  let seen = stampOf(folder)
  const timer = setInterval(() => {
    const stamp = stampOf(folder)
    if (stamp === seen) return
    seen = stamp
    try {
      settings = loadSettings(folder, platforms)
      log.info({ model: settings.model.name, version: settings.model.version }, 'new settings are in use')
      sayWhatToKnow(settings, log)
    } catch (error) {
      const reason = error instanceof BotError ? error.message : String(error)
      log.error({ reason }, 'the changed settings are refused; the last good ones stay in use')
    }
  }, CHECK_EVERY)
  timer.unref()
  return { current: () => settings, stop: () => clearInterval(timer) }
}

function sayWhatToKnow(settings: Settings, log: Log): void {
  for (const note of routeNotes(settings)) log.info({ file: 'routes.yaml' }, note)
}

/** Changes whenever one of the files is written, added or removed. */
function stampOf(folder: string): string {
  return FILES.map(name => join(folder, name))
    .map(path => statSync(path, { throwIfNoEntry: false }))
    .map(file => (file === undefined ? '-' : `${file.mtimeMs}:${file.size}:${file.ino}`))
    .join(' ')
}
