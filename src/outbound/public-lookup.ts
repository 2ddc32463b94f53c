import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'

/** Says whether an IP address may be connected to. */
export type MayReach = (address: string) => boolean

/**
 * Looks at the address that a name leads to as it is connected to, so that no name can lead into the network of Rounds
 * itself. `remedy` says how to allow it.
 */
export function lookupWithin(mayReach: MayReach, remedy?: string): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0)
      const hidden = addresses.find(({ address }) => !mayReach(address))
      if (hidden !== undefined) return callback(notPublic(hidden.address, remedy), '', 0)
      if (options.all) return callback(null, addresses)
      const [first] = addresses
      return first === undefined
        ? callback(new Error(`${hostname} leads nowhere`), '', 0)
        : callback(null, first.address, first.family)
    })
  }
}

/** An address that is written as one is not looked up: undefined unless it may not be connected to. */
export function hiddenHost(url: URL, mayReach: MayReach, remedy?: string): Error | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !mayReach(host) ? notPublic(host, remedy) : undefined
}

function notPublic(address: string, remedy: string | undefined): Error {
  return new Error(`${address} is not a public address${remedy === undefined ? '' : `: ${remedy}`}`)
}
