import { liveTheMorning, untilSomebodyIsThere } from '../../demo/live-morning.ts'
import { TRIAL_CHANNEL, TRIAL_FOLDER, TRIAL_PORT, trialEnvironment, writeTrialSettings } from '../../demo/trial.ts'
import { readPreset } from '../../model/presets.ts'
import { loadSettings, modelIn, type Settings } from '../../model/settings.ts'
import type { Shell } from '../shell.ts'
import type { Story } from './demo-story.ts'

/** The settings that the service reads: files, for somebody who tries it to change. */
export function trialSettings(preset: string): Settings {
  const modelText = readPreset(preset)
  modelIn(`the preset ${preset}`, modelText)
  writeTrialSettings(TRIAL_FOLDER, modelText)
  return loadSettings(TRIAL_FOLDER)
}

/** The last morning, live: it begins once somebody is there to see it. */
export async function serveTheMorning(shell: Shell, story: Story, port: string): Promise<void> {
  const { settings, digest, morning, db } = story
  const env = trialEnvironment({ db, port, logLevel: shell.environment.LOG_LEVEL || 'error' })
  await shell.serve(env, async (service, told) => {
    shell.print(invitation(service.port))
    await untilSomebodyIsThere(service, digest, told)
    if (told.aborted) return
    await liveTheMorning(service, { settings, digest, at: morning, newId: shell.newId, now: shell.clock })
    shell.print(`\nSomebody is there: the morning of ${story.endsOn} begins, in the channel ${TRIAL_CHANNEL.name}.`)
  })
}

function invitation(port: number): string {
  const endpoint = String(port) === TRIAL_PORT ? '' : ` start -e http://127.0.0.1:${port}/api/messages -c msteams`
  return [
    `\nRounds listens on 127.0.0.1:${port}, for this machine alone. Now, in a second terminal and in this folder:\n`,
    `  npx @microsoft/m365agentsplayground${endpoint}\n`,
    "That is Microsoft's Agents Playground, for trying things out: it opens in the browser and needs no account.",
    `  ${TRIAL_CHANNEL.name}   the digest of the morning and its alerts: press Claim`,
    '  Personal Chat     write: health acme, explain acme, list at-risk, pulse acme, alerts, tasks, help',
    `The settings are in ${TRIAL_FOLDER}/; Ctrl+C ends it.`,
  ].join('\n')
}
