/** The name of a database for people to read: its address without anything secret. */
export function databaseName(url: string): string {
  const isServer = /^[a-z+]+:\/\//i.test(url)
  if (!isServer) return url
  if (!URL.canParse(url)) return `${url.replace(/:.*/s, '')}://***`
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
