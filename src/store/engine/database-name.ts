/** What a database is called where people read it: where it is, and nothing of what lets somebody in. */
export function databaseName(url: string): string {
  const isServer = /^[a-z+]+:\/\//i.test(url)
  if (!isServer) return url
  if (!URL.canParse(url)) return `${url.replace(/:.*/s, '')}://***`
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
