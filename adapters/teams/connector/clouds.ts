/**
 * Where a cloud signs its requests, and where it gives out tokens; by the names that botbuilder gives its settings.
 * Always complete: botbuilder takes a half of them for all, and then checks nothing against the missing ones.
 */
export type Cloud = Readonly<Record<(typeof cloudNames)[number], string>>

export const cloudNames = [
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromChannelTokenIssuer',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
] as const

type Standard = Cloud & { readonly ChannelService: string; readonly OAuthUrl: string }

export const CLOUDS: Readonly<Record<'public' | 'government', Standard>> = {
  public: {
    ChannelService: '',
    OAuthUrl: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  },
  government: {
    ChannelService: 'https://botframework.azure.us',
    OAuthUrl: 'https://api.botframework.azure.us',
    ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
    ToChannelFromBotOAuthScope: 'https://api.botframework.us',
  },
}
