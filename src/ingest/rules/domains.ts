/** The host of a web address or a domain, without `www.`; undefined where the text is neither. */
export function hostIn(text: string): string | undefined {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^(?:[^/@]*@)?([^/:?#]+).*$/, '$1')
    .replace(/^www\d?\./, '')
    .replace(/\.$/, '')
  return /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}[\p{L}\p{N}-]+$/u.test(host) ? host : undefined
}

/** The domain of an e-mail address; a name may stand before it, as in `Ann <ann@acme.com>`. */
export function emailDomain(text: string): string | undefined {
  const domain = /@([^\s@<>"',;]+)/.exec(text)?.[1]
  return domain === undefined ? undefined : hostIn(domain)
}

/** Hosts where anybody has a mailbox, which say nothing of a company. */
const MAILBOXES = new Set(
  [
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk yahoo.de icloud.com me.com',
    'aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.com mail.ru yandex.ru proton.me protonmail.com',
    'qq.com 163.com 126.com orange.fr free.fr laposte.net wanadoo.fr libero.it btinternet.com comcast.net',
  ].flatMap(line => line.split(' ')),
)

export function isMailbox(domain: string): boolean {
  return MAILBOXES.has(domain)
}
