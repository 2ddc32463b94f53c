type Trust = {
  /** Each of these and its subdomains. */
  readonly serviceHosts: readonly string[]
  /** Whether this machine is trusted too. */
  readonly isDevelopment: boolean
}

/** Whether what we send, and our token with it, may go to this address. */
export function isTrusted(serviceUrl: string, trust: Trust): boolean {
  // nothing that another parser than ours could read as another host
  if (!/^https?:\/\/[^\s\\@?#]+$/i.test(serviceUrl) || !URL.canParse(serviceUrl)) return false
  const url = new URL(serviceUrl)
  if (trust.isDevelopment && isOnThisMachine(serviceUrl)) return true
  // a port of its own would be another service on that host
  if (url.protocol !== 'https:' || url.port !== '') return false
  return trust.serviceHosts.some(host => url.hostname === host || url.hostname.endsWith(`.${host}`))
}

/** Never a place for a token, because anyone who runs a program here could take it. */
export function isOnThisMachine(serviceUrl: string): boolean {
  return URL.canParse(serviceUrl) && isLoopback(new URL(serviceUrl).hostname)
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
