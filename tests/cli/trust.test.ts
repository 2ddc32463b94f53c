import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backtestVerb } from '../../src/cli/outcomes/backtest.ts'
import { calibrateVerb } from '../../src/cli/outcomes/calibrate.ts'
import { trustVerb } from '../../src/cli/outcomes/trust.ts'
import { openOutcomeShell } from '../support/outcome-shell.ts'
import { fill, OUTCOME_MODEL, simulate } from '../support/outcome-world.ts'

let place: Awaited<ReturnType<typeof openOutcomeShell>>

beforeEach(async () => {
  place = await openOutcomeShell()
})

afterEach(() => place.close())

const sound = (count: number) =>
  fill(
    place.connection,
    simulate(count, score => 1 / (1 + Math.exp((score - 30) / 6))),
  )

describe('rounds backtest', () => {
  it('gives the document that programs rely on', async () => {
    await sound(80)

    const document = JSON.parse(await place.run(backtestVerb, 'backtest', '--lead', '90d', '--json'))

    expect(document).toMatchObject({ lead_days: 90, as_of: '2026-11-01T00:00:00.000Z', model: { name: 'outcomes' } })
    expect(document.outcomes.bad + document.outcomes.good).toBe(80)
    expect(document.known_at.auc).toBeGreaterThan(0.8)
    expect(document.known_at.auc_low).toBeLessThan(document.known_at.auc)
    expect(Object.keys(document.known_at)).toEqual(Object.keys(document.as_of_today))
    expect(document.yardsticks.map(({ name }: { name: string }) => name)).toEqual(['best_measure: use', 'last_seen'])
    expect(document.calibration).toHaveLength(5)
    expect(document.measures[0]).toMatchObject({ id: 'use', coverage: 1 })
  })

  it('writes a page that needs nothing else, and a line for each outcome', async () => {
    await sound(60)
    const [page, lines] = [join(place.folder, 'page.html'), join(place.folder, 'lines.csv')]

    await place.run(backtestVerb, 'backtest', '--html', page, '--accounts', lines)

    const html = readFileSync(page, 'utf8')
    expect(html).not.toMatch(/src=|href=|url\(|@import/)
    expect(html).toContain('@media print')
    const drawings = html.match(/<svg[\s\S]*?<\/svg>/g) ?? []
    expect(drawings).toHaveLength(2)
    for (const drawing of drawings) {
      const [, names = ''] = /role="img" aria-labelledby="([^"]+)"/.exec(drawing) ?? []
      for (const id of names.split(' ')) expect(drawing).toContain(`id="${id}"`)
      expect(drawing).toMatch(/<desc[^>]*>[^<]*\d/)
    }
    const [header, ...rows] = readFileSync(lines, 'utf8').trim().split(/\r?\n/)
    expect(header).toBe('account,on,bad,shown,score,verdict,coverage')
    expect(rows).toHaveLength(60)
  })

  it('reads well in a terminal: every figure has its heading', async () => {
    await sound(60)

    const shown = await place.run(backtestVerb, 'backtest')

    for (const heading of [
      'The score, and what it should beat',
      'Share that left or shrank, by score from low to high',
      'Measures, the best first, with their medians',
    ])
      expect(shown).toContain(heading)
    expect(shown).toMatch(/^ {2}The score +0\.\d\d \(0\.\d\d to [01]\.\d\d\)$/m)
    expect(Math.max(...shown.split('\n').map(line => line.length))).toBeLessThanOrEqual(100)
  })

  it('says how many outcomes it needs instead of a number', async () => {
    await sound(14)

    const shown = await place.run(backtestVerb, 'backtest')

    expect(shown).toContain('Too few outcomes: 14 of the 40 needed')
    expect(shown).not.toContain('AUC')
  })

  it('takes the newest of each side', async () => {
    await sound(80)

    const { outcomes } = JSON.parse(await place.run(backtestVerb, 'backtest', '--last', '5', '--lead', '60d', '--json'))

    expect(outcomes).toMatchObject({ bad: 5, good: 5 })
    expect(outcomes.left_out).toContainEqual({ reason: 'older than the newest asked for', count: 70 })
  })

  it('gives null for what cannot be had, with a reason', async () => {
    const document = JSON.parse(await place.run(backtestVerb, 'backtest', '--json'))

    expect(document.known_at).toMatchObject({ auc: null, precision: null, recall: null, f1: null, base_rate: null })
    expect(document.outcomes.left_out.length).toBeGreaterThan(0)
  })

  it.each(['0d', '400d', 'soon', '12h'])('refuses a lead of %s', async lead => {
    await expect(place.run(backtestVerb, 'backtest', '--lead', lead)).rejects.toMatchObject({ code: 'usage' })
  })
})

it('rounds trust gives the four floors with their intervals', async () => {
  await sound(100)

  const { floors } = JSON.parse(await place.run(trustVerb, 'trust', '--json'))

  expect(floors.map(({ id }: { id: string }) => id)).toEqual([
    'risk_lift',
    'recall_below_healthy',
    'share_healthy',
    'monotone',
  ])
  for (const floor of floors) expect(Object.keys(floor)).toEqual(['id', 'value', 'low', 'high', 'floor', 'result'])
})

it.each([
  [0.99, 'open, since more than a quarter of them churned, which is not a portfolio', 'leaves 3 open'],
  [1, 'all churned, so there was nothing to get wrong', 'leaves 2 open'],
  [0, 'nobody churned, so there was nothing to get wrong', 'leaves 2 open'],
])('rounds trust says in words what a portfolio that churns at %s cannot tell', async (chance, sentence, count) => {
  await fill(
    place.connection,
    simulate(40, () => chance),
  )

  const text = (await place.run(trustVerb, 'trust')).replace(/\s+/g, ' ')

  expect(text).toContain(sentence)
  expect(text).toContain(count)
})

describe('rounds calibrate', () => {
  it('writes another file only where it is told to, and changes nothing in it but weights', async () => {
    await sound(200)
    const out = join(place.folder, 'fitted.yaml')

    const shown = await place.run(calibrateVerb, 'calibrate', '--out', out)

    const bare = (text: string) => text.replace(/weight: [\d.]+/g, 'weight')
    expect(bare(readFileSync(out, 'utf8'))).toBe(bare(OUTCOME_MODEL))
    expect(readFileSync(join(place.folder, 'model.yaml'), 'utf8')).toBe(OUTCOME_MODEL)
    expect(shown).toContain('seed 1')
    expect(shown).toContain('Accounts that would change band')
  })

  it('gives both AUCs, the interval of their difference, the weights and an advice', async () => {
    await sound(120)

    const document = JSON.parse(await place.run(calibrateVerb, 'calibrate', '--json'))

    expect(document.weights.map(({ component }: { component: string }) => component)).toEqual(['use', 'voice'])
    expect(document.advice).toBe(document.difference.low > 0 ? 'change' : 'keep')
    for (const side of ['current', 'fitted', 'difference'])
      expect(Object.keys(document[side])).toEqual(['auc', 'low', 'high'])
  })

  it('refuses too few', async () => {
    await sound(15)

    await expect(place.run(calibrateVerb, 'calibrate')).rejects.toThrow(
      'No weights can be fitted. Too few outcomes: 15 of the 40 needed.',
    )
  })
})
