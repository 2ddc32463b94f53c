// Makes the file that an administrator uploads to Teams. Run by `npm run teams:package`; docs/teams.md says where each
// value is found. Both libraries are devDependencies: nothing of this is in the service. They are loaded once the values
// are known to be right, so that a refusal comes at once.
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const HERE = new URL('./', import.meta.url)
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NOWHERE = 'https://example.com'

const WHERE =
  'copy the Application (client) ID from the overview of your app registration in Microsoft Entra, into .env or --app-id.'

const USAGE = `npm run teams:package -- [FILE] [options], FILE being rounds-teams.zip if left out

  --app-id GUID       the bot's Application (client) ID; else MicrosoftAppId of the environment or .env
  --teams-app-id GUID another ID for the app in Teams; else TEAMS_APP_ID, else the bot's
  --domain HOST       the host of the messaging endpoint, such as rounds.example.com; else TEAMS_DOMAIN
  --crm-domain HOST   the host of the CRM's links, such as app.hubspot.com or *.lightning.force.com; else TEAMS_CRM_DOMAIN
  --company NAME      who runs it, shown in Teams; else TEAMS_COMPANY
  --website URL       where people find help, shown in Teams; else TEAMS_WEBSITE
  --version X.Y.Z     higher than the version that Teams has already; else that of package.json`

const OPTIONS = ['app-id', 'teams-app-id', 'domain', 'crm-domain', 'company', 'website', 'version']

/** Something that a person can fix: said as it is, without a stack. */
class Refusal extends Error {}

try {
  process.loadEnvFile('.env')
} catch {
  // There need not be one.
}

try {
  await pack()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function pack() {
  const { values, positionals } = readArguments()
  if (values.help) return process.stdout.write(`${USAGE}\n`)
  if (positionals.length > 1) throw new Refusal(`Name one file, not several: ${positionals.join(', ')}.\n\n${USAGE}`)
  const file = positionals[0] ?? 'rounds-teams.zip'
  const filled = readValues(values, process.env)
  const manifest = fillIn(readFileSync(new URL('manifest.json', HERE), 'utf8'), filled)
  await refuseInvalid(JSON.parse(manifest))
  const icons = ['color.png', 'outline.png'].map(name => [name, new Uint8Array(readFileSync(new URL(name, HERE)))])
  const { zipSync } = await import('fflate')
  const zip = zipSync({ 'manifest.json': new TextEncoder().encode(manifest), ...Object.fromEntries(icons) })
  try {
    writeFileSync(file, zip)
  } catch (error) {
    throw new Refusal(`${file} cannot be written: ${error.message}. Name another file.`)
  }
  const hint = filled.WEBSITE === NOWHERE ? '\nIts help page is only a placeholder: set yours with --website.' : ''
  process.stdout.write(`${file} is ready: version ${filled.VERSION} for the bot ${filled.MicrosoftAppId}.${hint}\n`)
}

function readArguments() {
  const options = Object.fromEntries(OPTIONS.map(name => [name, { type: 'string' }]))
  try {
    return parseArgs({ allowPositionals: true, options: { ...options, help: { type: 'boolean' } } })
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${USAGE}`)
  }
}

/** The value of each placeholder; a refusal that names everything that is wrong at once. */
function readValues(flags, env) {
  const given = (flag, variable) => (flags[flag] ?? env[variable] ?? '').trim()
  const appId = given('app-id', 'MicrosoftAppId')
  const teamsAppId = given('teams-app-id', 'TEAMS_APP_ID') || appId
  const domain = given('domain', 'TEAMS_DOMAIN')
  const crmDomain = given('crm-domain', 'TEAMS_CRM_DOMAIN')
  const website = given('website', 'TEAMS_WEBSITE') || NOWHERE
  const company = given('company', 'TEAMS_COMPANY') || 'Your Customer Success team'
  const version = (flags.version ?? '').trim() || versionOfThePackage()
  const problems = [
    ...(appId === '' ? [`MicrosoftAppId is missing: ${WHERE}`] : []),
    ...(appId === '' || GUID.test(appId) ? [] : [`MicrosoftAppId is "${appId}", which is not a valid GUID: ${WHERE}`]),
    ...(teamsAppId === appId || GUID.test(teamsAppId)
      ? []
      : [`TEAMS_APP_ID is "${teamsAppId}", which is not a valid GUID.`]),
    ...(domain === '' || isHost(domain)
      ? []
      : [`"${domain}" is not a valid host: write a name such as rounds.example.com.`]),
    ...(crmDomain === '' || isHost(crmDomain.replace(/^\*\./, ''))
      ? []
      : [`"${crmDomain}" is not a valid host: write a name such as app.hubspot.com or *.lightning.force.com.`]),
    ...(isHttps(website) ? [] : [`"${website}" is not the address of a page: write one that begins with https://.`]),
    ...(company.length <= 32 ? [] : [`"${company}" is longer than the 32 characters that Teams shows.`]),
    ...(/^\d+\.\d+\.\d+$/.test(version)
      ? []
      : [`"${version}" is not a valid version: write three numbers such as 1.2.0.`]),
  ]
  if (problems.length > 0) throw new Refusal(`${problems.join('\n')}\nNothing was written. --help lists every option.`)
  return {
    MicrosoftAppId: appId,
    TEAMS_APP_ID: teamsAppId,
    DOMAIN: domain,
    CRM_DOMAIN: crmDomain,
    WEBSITE: website,
    COMPANY: company,
    VERSION: version,
  }
}

/** Without a host there is no valid domain, without a CRM no link that unfolds: a manifest may do without both. */
function fillIn(template, values) {
  const manifest = JSON.parse(template, (_, value) => (typeof value === 'string' ? filledText(value, values) : value))
  manifest.validDomains = manifest.validDomains.filter(domain => domain !== '')
  if (values.CRM_DOMAIN === '') for (const extension of manifest.composeExtensions) delete extension.messageHandlers
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

function filledText(text, values) {
  return text.replace(/\$\{\{(\w+)\}\}/g, (placeholder, name) => {
    if (!Object.hasOwn(values, name)) throw new Error(`nobody fills in ${placeholder}`)
    return values[name]
  })
}

/** By Microsoft's own schema, which the library brings along: nothing is fetched. */
async function refuseInvalid(manifest) {
  const { AppManifestUtils } = await import('@microsoft/app-manifest')
  const findings = await AppManifestUtils.validateAgainstSchema(manifest)
  if (findings.length > 0) throw new Refusal(`Teams would refuse the manifest:\n  ${findings.join('\n  ')}`)
}

function versionOfThePackage() {
  return JSON.parse(readFileSync(new URL('../../../package.json', HERE), 'utf8')).version
}

function isHost(text) {
  return URL.canParse(`https://${text}`) && new URL(`https://${text}`).host === text.toLowerCase() && text.includes('.')
}

function isHttps(text) {
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}
