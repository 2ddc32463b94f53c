import { liveTheMorning, untilSomebodyIsThere } from '../../demo/live-morning.ts'
import { TRIAL_FOLDER, type TrialPlace, trialEnvironment, trialPlace, writeTrialSettings } from '../../demo/trial.ts'
import { readPreset } from '../../model/presets.ts'
import { loadSettings, modelIn, type Settings } from '../../model/settings.ts'
import type { Shell } from '../shell.ts'
import type { Story } from './demo-story.ts'

/** The settings that the service reads: files, for somebody who tries it to change. */
export function trialSettings({ platforms }: Shell, preset: string): Settings {
  const modelText = readPreset(preset)
  modelIn(`the preset ${preset}`, modelText)
  writeTrialSettings(trialPlace(platforms), modelText)
  return loadSettings(TRIAL_FOLDER)
}

/** The last morning, live: it begins once somebody is there to see it. */
export async function serveTheMorning(shell: Shell, story: Story, port?: string): Promise<void> {
  const { settings, digest, morning, db } = story
  const place = trialPlace(shell.platforms)
  const env = trialEnvironment(place, {
    db,
    port: port ?? place.port,
    logLevel: shell.environment.LOG_LEVEL || 'error',
  })
  await shell.serve(env, async (service, stop) => {
    shell.print(invitation(place, String(service.port)))
    await untilSomebodyIsThere(service, digest, stop)
    if (stop.aborted) return
    await liveTheMorning(service, { settings, digest, at: morning, newId: shell.newId, now: shell.clock })
    shell.print(`\nSomebody is there: the morning of ${story.endsOn} begins, in the channel ${place.channel.name}.`)
  })
}

function invitation({ invitation }: TrialPlace, port: string): string {
  return [
    `\nRounds listens on 127.0.0.1:${port}, for this machine only. Now, in a second terminal and in this folder:\n`,
    ...invitation(port),
    `The settings are in ${TRIAL_FOLDER}/; Ctrl+C ends it.`,
  ].join('\n')
}
