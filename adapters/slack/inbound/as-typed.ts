/**
 * What a person typed, from what Slack made of it: `&lt;`, `<http://acme.com|acme.com>`, `<@U1|dana>`, `<#C1|cs>`.
 * One pass, so that what comes out is never decoded again.
 */
export function asTyped(text: string): string {
  return text
    .replace(/<([^<>]*)>|&(amp|lt|gt);/g, (_, link: string | undefined, name: string | undefined) =>
      link === undefined ? (CHARACTERS[name ?? ''] ?? '') : linkAsTyped(link),
    )
    .replaceAll('\u00a0', ' ')
    .trim()
}

/** Without the bot's own mention, wherever it stands. */
export function withoutMention(text: string, botUserId: string | undefined): string {
  if (botUserId === undefined) return text.replace(/^\s*<@[A-Z0-9]+(?:\|[^>]*)?>/, '')
  return text.replace(new RegExp(`\\s*<@${botUserId}(?:\\|[^>]*)?>[,:]?\\s*`, 'g'), ' ')
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

function linkAsTyped(link: string): string {
  const [target = '', label = ''] = link.split(/\|(.*)/s)
  const sign = { '@': '@', '#': '#', '!': '@' }[target[0] ?? '']
  if (sign === undefined) return entities(label || target.replace(/^(?:mailto|tel):/, ''))
  if (label !== '') return target.startsWith('!') ? entities(label) : sign + entities(label).replace(/^[@#]/, '')
  return sign + target.slice(1)
}

function entities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => CHARACTERS[name] ?? '')
}
