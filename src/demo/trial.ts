import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Platform, Trial } from '../chat/platform.ts'
import { BotError } from '../errors.ts'

/** Trying Rounds as a bot: `npm run demo -- --serve`, on the platform where that needs no account. */
export type TrialPlace = Trial & { readonly platform: string }

export const TRIAL_FOLDER = 'rounds-demo'

export function trialPlace(platforms: readonly Platform[]): TrialPlace {
  const [place] = platforms.flatMap(({ name, trial }) => (trial === undefined ? [] : [{ platform: name, ...trial }]))
  if (place === undefined) throw new BotError('no_trial', 'No platform can be tried without an account.')
  return place
}

const digests = (
  to: string,
) => `# Rewritten by each \`npm run demo -- --serve\`. A running service takes up a changed file within five seconds.
digests:
  - name: morning
    schedule: "0 9 * * 1-5"
    time_zone: Europe/Berlin
    to: ${to}
    show: { arr: true }
`

const routes = (to: string) => `# Rewritten by each \`npm run demo -- --serve\`.
routes:
  - to: [${to}]
    escalation: [{ after: 4h, to: owner }, { after: 8h, to: manager }]
storm: { alerts: 20, share: 0.5 }
`

/** The files of settings for the service, in a folder that is the demo's own. */
export function writeTrialSettings({ platform, channel }: TrialPlace, modelText: string): void {
  mkdirSync(TRIAL_FOLDER, { recursive: true })
  const to = `${platform}:${channel.id}`
  const files = { 'model.yaml': modelText, 'digests.yaml': digests(to), 'routes.yaml': routes(to) }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(TRIAL_FOLDER, name), text)
}

/**
 * The environment of the trial, and nothing of the caller's: made-up customers must never meet the company's own chat.
 * It listens to this machine alone.
 */
export function trialEnvironment(
  { environment }: TrialPlace,
  trial: { readonly db: string; readonly port: string; readonly logLevel: string },
) {
  return {
    DATABASE_URL: trial.db,
    ROUNDS_CONFIG: TRIAL_FOLDER,
    HOST: '127.0.0.1',
    PORT: trial.port,
    ...environment,
    LOG_LEVEL: trial.logLevel,
  }
}
