/** How Rounds reaches Slack: over a web socket it opens itself, or over requests that Slack signs. */
export type SlackConfig = {
  readonly botToken: string
  /** Another Web API base than Slack's own. */
  readonly apiUrl: string | undefined
  /** Further workspaces whose people may ask, by their ids. */
  readonly teams: readonly string[]
  /** What Slack signs its requests with; over a web socket its assistant's alone. */
  readonly signingSecret: string | undefined
  readonly transport:
    | { readonly mode: 'socket'; readonly appToken: string }
    | { readonly mode: 'http'; readonly signingSecret: string }
}

export type ConfigProblems = { readonly problems: readonly string[] }

type Env = Readonly<Record<string, string | undefined>>

/** Undefined if Slack is not set up at all; the problems, in words, if it is only half set up. */
export function readSlackConfig(env: Env): SlackConfig | ConfigProblems | undefined {
  const botToken = env.SLACK_BOT_TOKEN?.trim()
  const signingSecret = env.SLACK_SIGNING_SECRET?.trim()
  const appToken = env.SLACK_APP_TOKEN?.trim()
  const apiUrl = env.SLACK_API_URL?.trim() || undefined
  if (!botToken && !signingSecret && !appToken) return undefined
  const teams = (env.ROUNDS_SLACK_TEAMS ?? '').split(',').flatMap(team => team.trim() || [])
  const misnamed = teams.filter(team => !/^[TE][A-Z0-9]+$/.test(team))

  const transport = appToken
    ? ({ mode: 'socket', appToken } as const)
    : signingSecret
      ? ({ mode: 'http', signingSecret } as const)
      : undefined
  if (botToken && transport && isUrlOrNone(apiUrl) && misnamed.length === 0) {
    return { botToken, apiUrl, teams, signingSecret: signingSecret || undefined, transport }
  }
  return {
    problems: [
      ...(botToken ? [] : ['SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token from "OAuth & Permissions".']),
      ...(transport ? [] : [NO_TRANSPORT]),
      ...(isUrlOrNone(apiUrl) ? [] : ['SLACK_API_URL must be a URL such as https://slack.com/api/, or be left out.']),
      ...misnamed.map(team => `ROUNDS_SLACK_TEAMS names "${team}": write the ids of workspaces, such as T012AB3CD.`),
    ],
  }
}

/** What must never be logged. */
export function secretsOf({ botToken, signingSecret, transport }: SlackConfig): readonly string[] {
  const secrets = [botToken, signingSecret, transport.mode === 'socket' ? transport.appToken : undefined]
  return secrets.filter(secret => secret !== undefined)
}

const NO_TRANSPORT =
  'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: for Socket Mode create an app-level token with connections:write, ' +
  'for HTTP copy the Signing Secret, both under "Basic Information".'

function isUrlOrNone(url: string | undefined): boolean {
  return url === undefined || (URL.canParse(url) && /^https?:/.test(url))
}
