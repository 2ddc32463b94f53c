import { describe, expect, it } from 'vitest'
import { linesThatName, platformNames, sourceFiles } from '../../lint/platform-names.mjs'
import { platforms } from '../../src/platforms.ts'

const found = (path: string, text: string) => linesThatName(['slack', 'teams'], [{ path, text }])

describe('no line of src names a platform', () => {
  it('looks for the platforms that are registered', () => {
    expect(platformNames()).toEqual(platforms.map(({ name }) => name))
  })

  it('finds none today, in hundreds of files', () => {
    expect(sourceFiles().length).toBeGreaterThan(300)
    expect(linesThatName(platformNames(), sourceFiles())).toEqual([])
  })

  it.each([
    ["import { slack } from './slack/platform.ts'"],
    ["if (platform === 'teams') return"],
    ['const slackId = 1'],
    ['const url = env.SLACK_API_URL'],
    ['/** As Teams does it. */'],
  ])('finds %s', line => {
    expect(found('src/chat/door.ts', `const a = 1\n  ${line}\n`)).toEqual([`src/chat/door.ts:2: ${line}`])
  })

  it('leaves alone what people are given to fill in', () => {
    expect(found('src/model/starter-files.ts', 'to: slack:C1')).toEqual([])
    expect(found('src/model/presets/saas.yaml.ts', 'slack')).toEqual([])
  })
})
