import type { Model } from '../../domain/model/model.ts'
import { CAP, changeOf, type Health, type Move } from '../../domain/scoring/health.ts'
import type { Assessment, ComponentScore, MeasureScore } from '../../domain/scoring/score.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Cell, TablePart } from '../card.ts'
import { signed } from '../parts/amounts.ts'
import { lowestCap } from '../scoring/caps.ts'
import { plainReading, rowName } from '../scoring/plain-reading.ts'
import { roundedMoves } from '../scoring/rounded-points.ts'

/** What moved in 30 days, row by row; the points add up to the change of the score, with a row for the cap. */
export function movesTable(model: Model, { now, monthAgo, moves }: Health, timeZone = 'UTC'): TablePart | undefined {
  if (moves === undefined || monthAgo?.score === undefined || now.score === undefined) return undefined
  const total = changeOf(monthAgo.score, now.score)
  const points = roundedMoves(moves, total)
  const moved = moves.filter(({ id }) => points(id) !== 0).sort((a, b) => points(a.id) - points(b.id))
  if (moved.length === 0) return undefined
  const rows = moved.map(move => [...rowOf(model, monthAgo, now, move), pointsCell(points(move.id))])
  const sum = ['Score', String(monthAgo.score.shown), String(now.score.shown)].map(text => ({ text }))
  return {
    kind: 'table',
    caption: `What moved since ${dayIn(timeZone, monthAgo.at)}`,
    columns: [{ label: 'Component' }, { label: 'Before' }, { label: 'Now' }, { label: 'Points', isNumeric: true }],
    rows: [...rows, [...sum, pointsCell(total)]],
  }
}

function rowOf(model: Model, before: Assessment, now: Assessment, { id }: Move): Cell[] {
  if (id === CAP) return ['Caps', capText(before), capText(now)].map(text => ({ text }))
  const [was, is] = [before, now].map(assessment => assessment.component(id))
  if (is === undefined) return [id, '', ''].map(text => ({ text }))
  return cells(model, was, is).map(text => ({ text }))
}

/** The measure that moved the most, of those that read otherwise now, stands for its component; without one, the component's own number. */
function cells(model: Model, was: ComponentScore | undefined, is: ComponentScore): string[] {
  const moved = is.measures
    .map(entry => {
      const earlier = was?.measures.find(({ measure }) => measure.id === entry.measure.id)
      return { earlier, entry, by: Math.abs(entry.points - (earlier?.points ?? 0)) }
    })
    .sort((a, b) => b.by - a.by)
  for (const { earlier, entry } of moved) {
    const [before, now] = [readingText(model, earlier), readingText(model, entry)]
    if (before !== now) return [rowName(model, is.component, entry.measure), before, now]
  }
  return [is.component.label, componentText(was), componentText(is)]
}

function readingText(model: Model, entry: MeasureScore | undefined): string {
  return entry === undefined ? 'no data' : plainReading(model, entry.measure, entry.reading)
}

function componentText(part: ComponentScore | undefined): string {
  return part?.score === undefined ? 'no data' : `${Math.round(part.score)} of 100`
}

function capText(assessment: Assessment): string {
  const least = lowestCap(assessment)
  return least === undefined ? 'none' : `at most ${least.atMost}: ${least.because}`
}

function pointsCell(points: number): Cell {
  const tone = points < 0 ? 'bad' : points > 0 ? 'good' : 'neutral'
  return { text: signed(points), value: points, tone }
}
