import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What is a platform's own: its library's room, its directory of people, what it installs. */
const OWN = /^(bolt|connector|directory|appPackage|playground)\//

function filesOf(platform: string): readonly string[] {
  const files = readdirSync(new URL(`../../adapters/${platform}/`, import.meta.url), { recursive: true })
  return files
    .map(String)
    .filter(name => name.endsWith('.ts') && !OWN.test(name))
    .sort()
}

describe('the rooms of the platforms', () => {
  it('are the same, but for the one file that stands before botbuilder', () => {
    expect(filesOf('teams').filter(name => name !== 'transport.ts')).toEqual(filesOf('slack'))
  })
})
