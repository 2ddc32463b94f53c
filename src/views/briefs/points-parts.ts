import type { Brief } from '../../domain/briefs/brief.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import { shownAs } from '../../domain/number.ts'
import { percent } from '../../domain/percent.ts'
import { haveVerdicts } from '../../domain/scoring/health.ts'
import type { Assessment, ComponentScore, MeasureScore } from '../../domain/scoring/score.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Cell, Part } from '../card.ts'
import { measureName } from '../scoring/evidence.ts'
import { plainReading } from '../scoring/plain-reading.ts'
import { pointCells, pointsOf } from './points-cells.ts'
import { restsOn } from './rests-on.ts'
import type { BriefReader, Section } from './section.ts'

/** More measures than this do not fit a page. */
const MOST = 60

/**
 * Every point then and now, with the signals behind it. The points of the measures add up to their component's, those
 * of the components and the cap to the score.
 */
export const pointsParts: Section = (model, brief, reader) => {
  const { before, health, since } = brief
  const { now } = health
  const measures = now.components().flatMap(({ measures }) => measures)
  const left = measures.length - MOST
  const shown = new Set(measures.slice(0, MOST).map(({ measure }) => measure.id))
  const [was, is] = [pointsOf(before), pointsOf(now)]
  const areCompared = haveVerdicts(before, now)
  const rows = now
    .components()
    .flatMap(({ component, ...part }) => [
      [
        { text: component.label },
        ...pointCells(was.component(component.id), is.component(component.id), areCompared),
        { text: componentText(part) },
      ],
      ...part.measures
        .filter(({ measure }) => shown.has(measure.id))
        .map(entry => [
          { text: `– ${measureName(model, entry.measure)}` },
          ...pointCells(was.measure(entry.measure.id), is.measure(entry.measure.id), areCompared),
          { text: measureText(model, brief, entry, reader) },
        ]),
    ])
  const table: Part = {
    kind: 'table',
    caption: 'Every point, and the signals behind it',
    columns: [
      { label: 'Component and measure' },
      { label: dayIn(reader.timeZone, since), isNumeric: true },
      { label: dayIn(reader.timeZone, now.at), isNumeric: true },
      { label: 'Change', isNumeric: true },
      { label: 'Rests on' },
    ],
    rows: [...rows, ...capRow(before, now), scoreRow(before, now)],
  }
  return [
    table,
    ...(left > 0
      ? [{ kind: 'text' as const, quiet: true, text: `${counted(left, 'more measure')}: /health explain shows them.` }]
      : []),
  ]
}

function componentText({ score, share, measures }: Omit<ComponentScore, 'component'>): string {
  const known = measures.filter(entry => entry.score !== undefined).length
  return score === undefined
    ? 'no data'
    : `${Math.round(score)} of 100, ${percent(share)} of the weight, ${known} of ${counted(measures.length, 'measure')} known`
}

function measureText(
  model: Model,
  { before, evidence }: Brief,
  { measure, reading }: MeasureScore,
  { timeZone }: BriefReader,
): string {
  const earlier = before.readings().get(measure.id)
  const now = plainReading(model, measure, reading)
  const then = earlier === undefined ? now : plainReading(model, measure, earlier)
  const values = then === now || before.score === undefined ? now : `${then} → ${now}`
  return `${values}. ${restsOn(measure, reading, evidence.get(measure.id), timeZone)}`
}

/** What the caps take away, where one holds at either end. */
function capRow(before: Assessment, now: Assessment): Cell[][] {
  const [was, is] = [before, now].map(({ score }) => score && score.shown - shownAs(score.uncapped))
  if ((was ?? 0) === 0 && (is ?? 0) === 0) return []
  const why = now.caps.filter(({ holds }) => holds).map(({ because, atMost }) => `${because}: at most ${atMost}`)
  const text = why.length === 0 ? 'no cap holds now' : why.join('; ')
  return [[{ text: 'Caps' }, ...pointCells(was, is, haveVerdicts(before, now)), { text }]]
}

function scoreRow(before: Assessment, now: Assessment): Cell[] {
  const cells = pointCells(before.score?.shown, now.score?.shown, haveVerdicts(before, now))
  return [{ text: 'Score' }, ...cells, { text: 'the sum' }]
}
