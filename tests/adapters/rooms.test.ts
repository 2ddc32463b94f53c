import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What is a platform's own: its library's room, its own assistant, its documents, its directory of people, what it installs. */
const OWN = /^(assistant|bolt|canvas|connector|directory|appPackage|playground)\//

/** What one platform alone needs: Teams a file before botbuilder, the way out of a form inside a card, and files that wait for consent; Slack its Home, a reader of dropped files and a sender of them, what stands beside links, and a form's way back. */
const ONE_SIDED = [
  'transport.ts',
  'inbound/on-cancel.ts',
  'inbound/on-home.ts',
  'inbound/read-file.ts',
  'inbound/form-origin.ts',
  'outbound/unfurl.ts',
  'outbound/send-file.ts',
  'inbound/on-file-consent.ts',
  'outbound/offered-files.ts',
]

function filesOf(platform: string): readonly string[] {
  const files = readdirSync(new URL(`../../adapters/${platform}/`, import.meta.url), { recursive: true })
  return files
    .map(String)
    .filter(name => name.endsWith('.ts') && !OWN.test(name) && !ONE_SIDED.includes(name))
    .sort()
}

describe('the rooms of the platforms', () => {
  it('are the same, but for the files that one alone needs', () => {
    expect(filesOf('teams')).toEqual(filesOf('slack'))
  })
})
