import { BotError } from './errors.ts'

/** What the environment says; adapters read their own variables themselves. */
export type Config = {
  readonly databaseUrl: string
  /** How many connections to open to a database server at most; a file has one. */
  readonly connections: number
  /** A replica of that server, for lookups, lists and previews. */
  readonly readUrl: string | undefined
  /** The folder with model.yaml, digests.yaml and routes.yaml; without it the default preset and no channel. */
  readonly settingsFolder: string | undefined
  /** The network interface to listen on; all of them if absent. */
  readonly host: string | undefined
  readonly port: number
  readonly logLevel: string
  /** Where Rounds is reached from outside, for assistants that sign people in. */
  readonly publicUrl: URL | undefined
  /** Absent: GET /metrics needs no token. */
  readonly metricsToken: string | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

const IS_POSTGRES = /^postgres(ql)?:/

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** Reads the environment; throws one sentence that names every problem at once. */
export function parseConfig(env: Environment): Config {
  const port = Number(env.PORT || 3000)
  const logLevel = env.LOG_LEVEL || 'info'
  const databaseUrl = env.DATABASE_URL || 'sqlite:./rounds.db'
  const connections = Number(env.DATABASE_POOL || 10)
  const readUrl = env.DATABASE_READ_URL?.trim() || undefined
  const publicUrl = env.PUBLIC_URL?.trim() || undefined
  const problems = [
    ...(publicUrl === undefined || isSecure(publicUrl)
      ? []
      : [`PUBLIC_URL is "${publicUrl}"; it must begin with https://, such as https://rounds.example.com.`]),
    ...(Number.isInteger(port) && port >= 0 && port < 65_536 ? [] : [`PORT is "${env.PORT}", not a port number.`]),
    ...(LOG_LEVELS.includes(logLevel) ? [] : [`LOG_LEVEL is "${logLevel}", not one of ${LOG_LEVELS.join(', ')}.`]),
    ...(/^(sqlite|postgres|postgresql):/.test(databaseUrl)
      ? []
      : [
          'DATABASE_URL names no database that Rounds can open; write sqlite:FILE or postgres://USER:PASSWORD@HOST:5432/DATABASE.',
        ]),
    ...(readUrl === undefined || (IS_POSTGRES.test(readUrl) && IS_POSTGRES.test(databaseUrl))
      ? []
      : [
          'DATABASE_READ_URL is for a replica of a PostgreSQL server: both it and DATABASE_URL must begin with postgres://.',
        ]),
    ...(Number.isInteger(connections) && connections >= 2 && connections <= 1_000
      ? []
      : [`DATABASE_POOL is "${env.DATABASE_POOL}"; it must be a whole number from 2 on, such as 10.`]),
  ]
  if (problems.length > 0) throw new BotError('bad_config', problems.join(' '), 'See .env.example for every variable.')
  return {
    databaseUrl,
    connections,
    readUrl,
    settingsFolder: env.ROUNDS_CONFIG || undefined,
    host: env.HOST?.trim() || undefined,
    port,
    logLevel,
    publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl),
    metricsToken: env.METRICS_TOKEN?.trim() || undefined,
  }
}

/** Plain http is for trials on one machine. */
function isSecure(url: string): boolean {
  return URL.canParse(url) && (/^https:/.test(url) || /^http:\/\/(?:localhost|127\.0\.0\.1)(?::|\/|$)/.test(url))
}
