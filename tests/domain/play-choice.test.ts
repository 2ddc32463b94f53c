import { describe, expect, it } from 'vitest'
import type { AlertKind } from '../../src/domain/alerts/alert-kind.ts'
import { choosePlays, type EarlierRun, type PlayCase } from '../../src/domain/playbooks/play-choice.ts'
import type { Trigger } from '../../src/domain/playbooks/playbook.ts'
import { at } from '../support/world.ts'

const play = (id: string, on: Trigger) => ({ id, label: id, on, tasks: [{ title: id, role: 'csm', due: '1bd' }] })

const PLAYBOOKS = [
  play('below-50', { below: 50 }),
  play('middle', { between: [50, 70] }),
  play('above-80', { above: 80 }),
  play('crosses-60', { crosses_below: 60 }),
  play('any-drop', { alert: 'sharp_drop' }),
  play('drop-by-support', { alert: 'sharp_drop', driver: 'support' }),
  play('expand', { alert: 'expansion_ready' }),
  play('renewal', { alert: 'renewal_risk' }),
]

const opened = (...kinds: AlertKind[]) => kinds.map(kind => ({ id: `a-${kind}`, kind }))

type Case = Partial<PlayCase> & { readonly earlier?: readonly EarlierRun[] }

function started({ earlier = [], ...found }: Case): string[] {
  const given = { playbooks: PLAYBOOKS, opened: [], isScheduled: true, at: at('2026-11-02') }
  return choosePlays({ ...given, ...found }, earlier).map(({ playbook }) => playbook.id)
}

describe('one turn starts one play', () => {
  it.each<[string, Case, string[]]>([
    ['a level that is entered', { shownBefore: 75, shown: 65 }, ['middle']],
    ['a level that held already', { shownBefore: 66, shown: 65 }, []],
    ['a level at a first scoring', { shown: 65 }, []],
    ['a level entered from below', { shownBefore: 45, shown: 55 }, ['middle']],
    ['a crossing before a level', { shownBefore: 75, shown: 55 }, ['crosses-60']],
    ['an alert before both', { shownBefore: 75, shown: 55, opened: opened('sharp_drop') }, ['any-drop']],
    [
      'an alert with its cause before all',
      { shownBefore: 75, shown: 35, driver: 'support', opened: opened('at_risk', 'sharp_drop') },
      ['drop-by-support'],
    ],
    [
      'another cause',
      { shownBefore: 75, shown: 35, driver: 'usage', opened: opened('at_risk', 'sharp_drop') },
      ['any-drop'],
    ],
    ['readiness once, not by level too', { shownBefore: 79, shown: 85, opened: opened('expansion_ready') }, ['expand']],
    [
      'another matter beside the fall',
      { shownBefore: 75, shown: 65, opened: opened('renewal_risk') },
      ['renewal', 'middle'],
    ],
    ['between scorings only alerts', { isScheduled: false, shownBefore: 75, shown: 55 }, []],
    [
      'between scorings an alert at once',
      { isScheduled: false, shownBefore: 75, shown: 55, opened: opened('sharp_drop') },
      ['any-drop'],
    ],
  ])('%s', (_, found, plays) => {
    expect(started(found)).toEqual(plays)
  })

  it('ties the play of a fall to the alert that opened with it', () => {
    const [start] = choosePlays({
      playbooks: PLAYBOOKS.slice(0, 1),
      shownBefore: 75,
      shown: 35,
      opened: opened('at_risk'),
      isScheduled: true,
      at: at('2026-11-02'),
    })

    expect(start).toMatchObject({ playbook: { id: 'below-50' }, alert: 'a-at_risk', cause: 'fall:level:2026-11-02' })
  })
})

describe('what is under way', () => {
  const run = (playbook: string, day: string, hasOpenTasks = true, cause = 'fall:level:2026-11-01') => ({
    playbook,
    cause,
    startedAt: at(day),
    hasOpenTasks,
  })
  const fall = { shownBefore: 60, shown: 45 }

  it.each<[string, Case, string[]]>([
    ['the same fall goes on', { ...fall, earlier: [run('middle', '2026-10-31')] }, []],
    ['a later fall is another', { ...fall, earlier: [run('middle', '2026-10-20')] }, ['crosses-60']],
    ['a play is still under way', { ...fall, earlier: [run('crosses-60', '2026-09-01')] }, []],
    ['a play has only just ended', { ...fall, earlier: [run('crosses-60', '2026-10-24', false)] }, []],
    ['a play ended long ago', { ...fall, earlier: [run('crosses-60', '2026-09-01', false)] }, ['crosses-60']],
    [
      'the cause shows later',
      { ...fall, driver: 'support', opened: opened('sharp_drop'), earlier: [run('middle', '2026-10-31')] },
      ['drop-by-support'],
    ],
  ])('%s', (_, found, plays) => {
    expect(started(found)).toEqual(plays)
  })
})
