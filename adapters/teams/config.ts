import { CLOUDS, type Cloud, cloudNames } from './connector/clouds.ts'
import { isLoopback } from './connector/trusted.ts'

/** The bot's registration in Entra. New bots are single-tenant. */
export type TeamsApp = {
  readonly id: string
  readonly type: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI'
  /** A managed identity has none. */
  readonly password: string | undefined
  readonly tenant: string | undefined
}

export type TeamsConfig = {
  /** Absent only in development, where everybody on this machine is trusted. */
  readonly app: TeamsApp | undefined
  /** Whether service URLs on this machine are accepted too, without encryption and without a token. */
  readonly isDevelopment: boolean
  /** The Playground has neither dialogs nor typeahead. */
  readonly hasDialogs: boolean
  /** Where tokens may go: each of these and its subdomains. */
  readonly serviceHosts: readonly string[]
  /** The tenants whose people get answers. */
  readonly tenants: readonly string[]
  readonly cloud: Cloud
}

export type ConfigProblems = { readonly problems: readonly string[] }

type Env = Readonly<Record<string, string | undefined>>

const TYPES = ['SingleTenant', 'MultiTenant', 'UserAssignedMSI'] as const

/** Undefined if Teams is not set up at all; the problems, in words, if it is only half set up. */
export function readTeamsConfig(env: Env): TeamsConfig | ConfigProblems | undefined {
  const said = (name: string): string | undefined => env[name]?.trim() || undefined
  const isDevelopment = isYes(said('TEAMS_DEVELOPMENT'))
  const app = readApp(said)
  if (app === undefined && !isDevelopment) return undefined

  const serviceHosts = listOf(said('TEAMS_SERVICE_HOSTS')) ?? ['smba.trafficmanager.net']
  const own = app === undefined || 'problems' in app ? undefined : app.tenant
  const tenants = listOf(said('TEAMS_TENANTS')) ?? (own === undefined ? [] : [own.toLowerCase()])
  const service = said('ChannelService')
  const problems = [
    ...(app !== undefined && 'problems' in app ? app.problems : []),
    ...(service === undefined || service === CLOUDS.government.ChannelService ? [] : [BAD_SERVICE]),
    ...(isDevelopment && !isLoopback(said('HOST') ?? '') ? [NOT_LOOPBACK] : []),
    ...serviceHosts.filter(host => !isFullHost(host)).map(notAHost),
    ...(app === undefined || 'problems' in app || tenants.length > 0 ? [] : [NO_TENANTS]),
    ...(cloudNames.some(name => said(name) !== undefined && !isUrl(said(name))) ? [BAD_CLOUD] : []),
  ]
  if (problems.length > 0 || (app !== undefined && 'problems' in app)) return { problems }
  return { app, isDevelopment, hasDialogs: app !== undefined, serviceHosts, tenants, cloud: readCloud(said) }
}

type Said = (name: string) => string | undefined

function readApp(said: Said): TeamsApp | ConfigProblems | undefined {
  const id = said('MicrosoftAppId')
  const password = said('MicrosoftAppPassword')
  const tenant = said('MicrosoftAppTenantId')
  if (id === undefined && password === undefined && tenant === undefined) return undefined
  const wanted = said('MicrosoftAppType')
  const type = TYPES.find(type => type.toLowerCase() === (wanted ?? 'SingleTenant').toLowerCase())
  const problems = [
    ...(id === undefined ? [NO_ID] : []),
    ...(type === undefined ? [`MicrosoftAppType is "${wanted}", not one of ${TYPES.join(', ')}.`] : []),
    ...(password === undefined && type !== 'UserAssignedMSI' ? [NO_PASSWORD] : []),
    ...(tenant === undefined && type !== 'MultiTenant' ? [NO_TENANT] : []),
  ]
  return id === undefined || type === undefined || problems.length > 0 ? { problems } : { id, type, password, tenant }
}

function readCloud(said: Said): Cloud {
  const standard = said('ChannelService') === CLOUDS.government.ChannelService ? CLOUDS.government : CLOUDS.public
  const own = cloudNames.flatMap(name => {
    const value = said(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...standard, ...Object.fromEntries(own) }
}

const NO_ID = 'MicrosoftAppId is missing: copy the Microsoft App ID from the bot registration in Azure.'
const NO_PASSWORD =
  'MicrosoftAppPassword is missing: create a client secret for the bot under "Certificates & secrets" in Entra.'
const NO_TENANT = 'MicrosoftAppTenantId is missing: copy the Directory (tenant) ID from the app registration in Entra.'
const NO_TENANTS =
  'TEAMS_TENANTS is missing: a multi-tenant bot answers only the tenants that are named there, by their ids.'
const NOT_LOOPBACK =
  'TEAMS_DEVELOPMENT is set, so nobody has to prove who they are. That is for this machine only. Set HOST=127.0.0.1 too, or leave it out.'
const BAD_SERVICE = `ChannelService must be ${CLOUDS.government.ChannelService}, or be left out for the public cloud.`
const BAD_CLOUD = `${cloudNames.join(', ')} must each be a URL, or be left out.`

function notAHost(host: string): string {
  return `TEAMS_SERVICE_HOSTS names "${host}": each must be a full host name such as smba.trafficmanager.net, because the bot's token is sent there.`
}

function isYes(text: string | undefined): boolean {
  return text !== undefined && /^(1|true|yes|on)$/i.test(text)
}

function listOf(text: string | undefined): readonly string[] | undefined {
  const all = text
    ?.split(',')
    .map(one => one.trim().toLowerCase())
    .filter(Boolean)
  return all === undefined || all.length === 0 ? undefined : all
}

/** Three labels at least: under `trafficmanager.net` itself anyone may own a name. */
function isFullHost(host: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+){2,}$/.test(host) && !/^[\d.]+$/.test(host)
}

function isUrl(text: string | undefined): boolean {
  return text !== undefined && URL.canParse(text) && /^https?:/.test(text)
}
