import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Trying Rounds as a bot without an account anywhere: `npm run demo -- --serve`, and Microsoft's Agents Playground in
 * front of it. `.m365agentsplayground.yml` holds the same people and the same channel.
 */
export const TRIAL_PORT = '3978'
export const TRIAL_FOLDER = 'rounds-demo'
export const TRIAL_CHANNEL = { id: '19:customer-health@thread.tacv2', name: 'customer-health' }

const DIGESTS = `# Written anew by each \`npm run demo -- --serve\`. A running service takes up a changed file within five seconds.
digests:
  - name: morning
    schedule: "0 9 * * 1-5"
    time_zone: Europe/Berlin
    to: teams:${TRIAL_CHANNEL.id}
    show: { arr: true }
`

const ROUTES = `# Written anew by each \`npm run demo -- --serve\`.
routes:
  - to: [teams:${TRIAL_CHANNEL.id}]
    escalation: [{ after: 4h, to: owner }, { after: 8h, to: manager }]
storm: { alerts: 20, share: 0.5 }
`

/** The files of settings for the service, in a folder that is the demo's own. */
export function writeTrialSettings(folder: string, modelText: string): void {
  mkdirSync(folder, { recursive: true })
  const files = { 'model.yaml': modelText, 'digests.yaml': DIGESTS, 'routes.yaml': ROUTES }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}

/**
 * The environment of the trial, and nothing of the caller's: made-up customers must never meet the company's own Slack
 * or Teams. Without an app id everybody is let in, so it listens to this machine alone.
 */
export function trialEnvironment(trial: { readonly db: string; readonly port: string; readonly logLevel: string }) {
  return {
    DATABASE_URL: trial.db,
    ROUNDS_CONFIG: TRIAL_FOLDER,
    HOST: '127.0.0.1',
    PORT: trial.port,
    TEAMS_DEVELOPMENT: '1',
    LOG_LEVEL: trial.logLevel,
  }
}
