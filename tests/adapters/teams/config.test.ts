import { describe, expect, it } from 'vitest'
import { readTeamsConfig } from '../../../adapters/teams/config.ts'
import { isTrusted } from '../../../adapters/teams/connector/trusted.ts'

const app = { MicrosoftAppId: 'app', MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: 'Tenant-1' }
const development = { TEAMS_DEVELOPMENT: '1', HOST: '127.0.0.1' }

describe('the environment', () => {
  it('switches Teams off when it names nothing', () => {
    expect(readTeamsConfig({})).toBeUndefined()
    expect(readTeamsConfig({ MicrosoftAppId: ' ', TEAMS_TENANTS: 'x', HOST: '127.0.0.1' })).toBeUndefined()
  })

  it('takes a bot for single-tenant, answers its own tenant alone and sends nowhere but to Microsoft', () => {
    expect(readTeamsConfig(app)).toMatchObject({
      app: { id: 'app', type: 'SingleTenant', password: 'secret', tenant: 'Tenant-1' },
      isDevelopment: false,
      hasDialogs: true,
      serviceHosts: ['smba.trafficmanager.net'],
      tenants: ['tenant-1'],
      cloud: { ToBotFromChannelTokenIssuer: 'https://api.botframework.com' },
    })
  })

  it('needs no app in development, and offers the Playground nothing that it lacks', () => {
    expect(readTeamsConfig(development)).toMatchObject({ app: undefined, isDevelopment: true, hasDialogs: false })
  })

  it('keeps a cloud whole when only a part of it is named', () => {
    const metadata = 'https://login.example/openid'

    expect(
      readTeamsConfig({
        ...app,
        ChannelService: 'https://botframework.azure.us',
        ToBotFromChannelOpenIdMetadataUrl: metadata,
      }),
    ).toMatchObject({
      cloud: {
        ToBotFromChannelOpenIdMetadataUrl: metadata,
        ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
        ToChannelFromBotOAuthScope: 'https://api.botframework.us',
      },
    })
  })

  it.each([
    ['a secret alone', { MicrosoftAppPassword: 's' }, /^MicrosoftAppId is missing.*MicrosoftAppTenantId is missing/],
    ['an id alone', { MicrosoftAppId: 'a' }, /^MicrosoftAppPassword is missing.*MicrosoftAppTenantId is missing/],
    ['a type that there is not', { ...app, MicrosoftAppType: 'Free' }, /^MicrosoftAppType is "Free"/],
    [
      'several tenants and none named',
      { MicrosoftAppId: 'a', MicrosoftAppPassword: 's', MicrosoftAppType: 'MultiTenant' },
      /^TEAMS_TENANTS is missing/,
    ],
    ['development for everybody', { TEAMS_DEVELOPMENT: '1' }, /^TEAMS_DEVELOPMENT is set.*HOST=127\.0\.0\.1/],
    ['development on all interfaces', { TEAMS_DEVELOPMENT: '1', HOST: '0.0.0.0' }, /^TEAMS_DEVELOPMENT is set/],
    [
      'a host where anyone may own a name',
      { ...app, TEAMS_SERVICE_HOSTS: 'trafficmanager.net' },
      /"trafficmanager.net"/,
    ],
    ['an address for a host', { ...app, TEAMS_SERVICE_HOSTS: 'https://a.b.example/' }, /TEAMS_SERVICE_HOSTS names/],
    ['a cloud that is no URL', { ...app, ToChannelFromBotLoginUrl: 'login' }, /must each be a URL/],
    ['another cloud than there is', { ...app, ChannelService: 'https://x.example' }, /^ChannelService must be/],
  ])('with %s is told what is wrong', (_, env, problem) => {
    const read = readTeamsConfig(env)

    expect(read && 'problems' in read ? read.problems.join(' ') : read).toMatch(problem)
  })
})

describe('a service URL', () => {
  const hosts = { serviceHosts: ['smba.trafficmanager.net'] }

  it.each([
    'https://smba.trafficmanager.net/teams/',
    'https://emea.smba.trafficmanager.net/x',
    'https://SMBA.trafficmanager.net/amer',
  ])('is believed: %s', url => {
    expect(isTrusted(url, { ...hosts, isDevelopment: false })).toBe(true)
  })

  it.each([
    'http://smba.trafficmanager.net/teams/',
    'https://trafficmanager.net/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evilsmba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://smba.trafficmanager.net./',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:word@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net\\@evil.example/#',
    'https://ѕmba.trafficmanager.net/',
    'ftp://smba.trafficmanager.net/',
    'smba.trafficmanager.net',
    'http://127.0.0.1:3978/',
    '',
  ])('is refused: %s', url => {
    expect(isTrusted(url, { ...hosts, isDevelopment: false })).toBe(false)
  })

  it('may be on this machine in development, and on no other', () => {
    expect(isTrusted('http://127.0.0.1:3978/x/', { ...hosts, isDevelopment: true })).toBe(true)
    expect(isTrusted('http://[::1]:3978/', { ...hosts, isDevelopment: true })).toBe(true)
    expect(isTrusted('http://127.0.0.1.evil.example/', { ...hosts, isDevelopment: true })).toBe(false)
    expect(isTrusted('http://10.0.0.1/', { ...hosts, isDevelopment: true })).toBe(false)
  })
})
