import { describe, expect, it } from 'vitest'
import { postOut } from '../../src/outbound/post-out.ts'
import { isPublicAddress } from '../../src/outbound/public-address.ts'

describe('what Rounds sends out', () => {
  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '255.255.255.255',
    ],
    ...['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'not an address'],
  ])('never goes to %s', address => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:2800:220:1::1'])('may go to %s', address => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    'https://127.0.0.1:9/',
    'https://[::1]:9/',
    'https://localhost:9/',
    'https://2130706433:9/',
    'https://0x7f.1:9/',
  ])('goes nowhere for %s, however it is written', async url => {
    const sent = postOut(url, { headers: {}, body: '{}', allowsPrivate: false })
    await expect(sent).rejects.toThrow('is not a public address')
  })
})
