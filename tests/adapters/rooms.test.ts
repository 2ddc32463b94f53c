import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

function filesOf(platform: string): readonly string[] {
  return readdirSync(new URL(`../../adapters/${platform}/`, import.meta.url)).filter(name => name.endsWith('.ts'))
}

describe('the rooms of the platforms', () => {
  it('are the same, but for the one file that stands before botbuilder', () => {
    expect(filesOf('teams').filter(name => name !== 'transport.ts')).toEqual(filesOf('slack'))
  })
})
