import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountHealthDocument } from '../../src/documents/account-health.ts'
import { briefDocument } from '../../src/documents/brief.ts'
import { movesDocument } from '../../src/documents/moves.ts'
import { BRIEF_DAYS, BRIEF_KINDS } from '../../src/domain/briefs/brief-kind.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { briefCard } from '../../src/views/briefs/brief-card.ts'
import type { Card, Cell } from '../../src/views/card.ts'
import { checkAccount } from '../../src/work/accounts/check-account.ts'
import { prepareBrief } from '../../src/work/briefs/prepare-brief.ts'
import { TODAY, world } from '../support/model-arbitrary-signals.ts'
import { DAY } from '../support/oracle-model.ts'
import { compiled, expectSame, inDatabase, runs } from '../support/world-of-scores.ts'

const READER = { timeZone: 'UTC', nameOf: (email: string) => email }

const instants = fc.constantFrom(TODAY, TODAY - DAY / 2, TODAY - 20 * DAY, TODAY + DAY)

describe('a brief of any account under any model', () => {
  it('has the figures of an explanation of both ends, and its whole points add up', async () => {
    await fc.assert(
      fc.asyncProperty(world, instants, fc.constantFrom(...BRIEF_KINDS), async (any, at, kind) => {
        const model = compiled(any.model)
        await inDatabase([any], async (connection, [account]) => {
          if (account === undefined) throw new Error('no account')
          const reader = { role: 'admin' } as const
          const brief = await prepareBrief(connection, model, account, { kind, at, now: at, reader })

          const checked = await checkAccount(connection, model, account, at)
          const then = assess(model, checked.observed, at - BRIEF_DAYS[kind] * DAY)
          const document = briefDocument(model, brief)
          expectSame(document.health, accountHealthDocument(model, checked, {}))
          expectSame(document.moved, movesDocument(then, checked.health.now))
          expect(document.course.at(-1)?.shown).toBe(document.health.shown)
          expect(document.course[0]?.shown).toBe(then.score?.shown ?? null)

          for (const column of [1, 2]) expectSum(briefCard(model, brief, READER), column)
        })
      }),
      runs(40),
    )
  })
})

/** The rows of the components and of the caps make the score's, and those of the measures their component's. */
function expectSum(card: Card, column: number): void {
  const table = card.parts.findLast(part => part.kind === 'table')
  const rows = table?.kind === 'table' ? table.rows : []
  const numberIn = (cells: readonly Cell[]) => cells[column]?.value ?? 0
  const isMeasure = ([name]: readonly Cell[]) => name?.text.startsWith('– ') ?? false
  const score = rows.at(-1) ?? []
  const parts = rows.slice(0, -1)
  const sum = (of: readonly (readonly Cell[])[]) => of.reduce((total, cells) => total + numberIn(cells), 0)
  expect(sum(parts.filter(cells => !isMeasure(cells)))).toBe(numberIn(score))
  const caps = parts.filter(([name]) => name?.text === 'Caps')
  expect(sum(parts.filter(isMeasure))).toBe(numberIn(score) - sum(caps))
}
