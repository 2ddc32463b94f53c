import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveManagedDigest } from '../../src/store/digests/managed-digests.ts'
import { importSignals, placeWithPortfolio } from '../service/portfolio-files.ts'
import type { Place } from '../service/rounds-process.ts'
import { type Channel, type FakeSlack, startFakeSlack } from '../support/fake-slack/index.ts'
import { MORNING_DIGEST } from '../support/small-model.ts'

let place: Place
let slack: FakeSlack
let room: Channel

beforeEach(async () => {
  slack = await startFakeSlack()
  room = slack.addChannel('cs')
  place = await placeWithPortfolio()
  place.write('digests.yaml', MORNING_DIGEST(room.id))
  Object.assign(place.env, slack.env('http'))
  await place.rounds('score', '--as-of', '2026-10-02T06:00')
})

afterEach(async () => {
  await place.close()
  await slack.stop()
})

const digest = (...words: string[]) => place.rounds('digest', ...words, '--json')

/** Over two lines, to at risk, and so for two mornings. */
async function acmeFalls() {
  await importSignals(place, 'acme active_users 1 2026-10-03', 'acme nps -100 2026-10-03')
  await place.rounds('score', '--as-of', '2026-10-04T06:00')
  await place.rounds('score', '--as-of', '2026-10-05T06:00')
}

describe('a digest', () => {
  it('goes out, tells the difference, and is given in the form that programs rely on', async () => {
    expect((await digest('morning', '--as-of', '2026-10-02T09:00')).json).toMatchObject({ sections: [] })
    await acmeFalls()

    const { json } = await digest('morning', '--as-of', '2026-10-05T09:00')

    const acme = expect.objectContaining({
      account: 'acme',
      from: 'healthy',
      to: 'at_risk',
      reason: expect.any(String),
    })
    expect(json).toEqual({
      digest: 'morning',
      channel: `slack:${room.id}`,
      sections: [
        { kind: 'newly_at_risk', items: [acme] },
        { kind: 'renewals', items: [acme] },
        {
          kind: 'unclaimed_alerts',
          items: [expect.objectContaining({ account: 'acme' }), expect.objectContaining({ account: 'acme' })],
        },
      ],
      unchanged: 2,
    })
    expect(slack.messages(room).map(({ shown }) => shown)).toEqual([
      expect.stringContaining('I watch'),
      expect.stringContaining('Newly at risk (1)'),
    ])
  })

  it('that is dry is only said, and nothing is recorded', async () => {
    const first = await digest('morning', '--as-of', '2026-10-02T09:00', '--dry-run')
    const second = await digest('morning', '--as-of', '2026-10-02T10:00', '--dry-run')

    expect(second.json).toEqual(first.json)
    expect(slack.calls).toEqual([])
  })

  it('of one time goes out once', async () => {
    await digest('morning', '--as-of', '2026-10-02T09:00')
    await digest('morning', '--as-of', '2026-10-02T09:00')

    expect(slack.messages(room)).toHaveLength(1)
  })

  it('is sent by the service when one runs', async () => {
    await place.serve()

    expect((await digest('morning', '--as-of', '2026-10-02T09:00')).exit).toBe(0)

    expect(slack.messages(room)).toHaveLength(1)
  })
})

describe('a digest is refused', () => {
  it('by a name that is nearly one', async () => {
    const said = await digest('mornin')

    expect([said.exit, said.stdout]).toEqual([1, ''])
    expect(said.stderr).toContain('There is no digest "mornin".\nDid you mean "morning"?')
  })

  it('while it is paused, though a dry one is still said', async () => {
    const connection = place.open()
    await saveManagedDigest(connection.db, { name: 'morning', isPaused: true }, 'boss@ours.example', 0)
    await connection.close()

    const said = await digest('morning')

    expect([said.exit, said.stdout, slack.calls]).toEqual([1, '', []])
    expect(said.stderr).toContain('The digest morning is paused, so nothing was sent.\n/health digest resume morning')
    expect((await digest('morning', '--dry-run')).exit).toBe(0)
  })

  it('when its channel is gone', async () => {
    room.isArchived = true

    const said = await digest('morning')

    expect([said.exit, said.stdout]).toEqual([1, ''])
    expect(said.stderr).toContain('The digest did not go out: is_archived.')
  })

  it('when Slack is not configured', async () => {
    for (const name of Object.keys(slack.env('http'))) delete place.env[name]

    const said = await digest('morning')

    expect([said.exit, said.stdout]).toEqual([1, ''])
    expect(said.stderr).toContain('slack is not configured, so nothing was sent.')
  })
})
