import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { SignalBlock } from '../../model/mapping/mapping.ts'
import { isRefusal } from '../cells/values.ts'
import { type Gathering, gather } from './gather.ts'
import { LEFT_OUT, type Reader } from './readers.ts'
import { rowFilter } from './row-filter.ts'
import { accountReader, NOTHING, type Translated, type Translation, type Translator } from './translator.ts'

const COLUMNS = ['account_id', 'metric', 'value', 'observed_at', 'source', 'id']

/** Signals of the rows, as each of the blocks says. */
export function translateSignals(blocks: readonly SignalBlock[], translation: Translation): Translator {
  const parts = blocks.flatMap(block => blockParts(block, translation))
  return {
    columns: COLUMNS,
    take: cells => joined(parts.map(part => part.take(cells))),
    *end() {
      for (const part of parts) yield* part.end()
    },
    remarks: () => parts.flatMap(part => part.remarks?.() ?? []),
  }
}

type Part = Omit<Translator, 'columns'>

/** Several metrics of one row are a part each. */
function blockParts(block: SignalBlock, translation: Translation): Part[] {
  const { readers, index } = translation
  if (block.metrics === undefined) {
    const metric = readers.text(block.metric ?? { column: [] })
    return [part(block, metric, block.value && readers.number(block.value, 'value'), translation)]
  }
  return Object.entries(block.metrics)
    .filter(([column]) => index(column) !== -1)
    .map(([column, metric]) =>
      part(block, () => metric, readers.number({ ...block.value, column: [column] }, metric), translation),
    )
}

function part(
  block: SignalBlock,
  metricOf: Reader<string>,
  amountOf: Reader<number> | undefined,
  translation: Translation,
): Part {
  const { readers, index, source, fileDay } = translation
  const filter = rowFilter(block.only, index)
  const account = accountReader(block.account, translation)
  const at = block.at === 'file_day' ? () => fileDay : readers.instant(block.at)
  const id = block.id && readers.text(block.id)
  const of = block.of && readers.text(block.of)
  const gathering: Gathering | undefined =
    block.take &&
    gather({
      take: block.take,
      over: block.over,
      whenNone: block.when_none,
      fileDay,
      isOfFile: block.at === 'file_day',
    })
  return {
    take(cells) {
      const meant = filter(cells)
      if (meant !== true) {
        // An account that no row was meant for may have a value even so.
        if (gathering === undefined || block.when_none === undefined) return { ...NOTHING, leftOut: meant }
        const found = account(cells)
        if (found !== LEFT_OUT && !isRefusal(found)) {
          const [metric, time] = [metricOf(cells), at(cells)]
          if (typeof metric === 'string' && typeof time === 'number') gathering.know(found.id, metric, time)
        }
        return { ...NOTHING, leftOut: meant }
      }
      const metric = metricOf(cells)
      if (metric === LEFT_OUT) return { ...NOTHING, leftOut: 'no metric is meant by it' }
      const value = amountOf === undefined ? 1 : amountOf(cells)
      if (value === LEFT_OUT) return { ...NOTHING, leftOut: 'its words leave it out' }
      if (value === undefined || metric === undefined) return NOTHING
      const found = account(cells)
      const [time, name] = [at(cells), id?.(cells)]
      if (found === LEFT_OUT) return { ...NOTHING, leftOut: 'its words leave it out' }
      const counted = of?.(cells)
      const reasons = [metric, value, found, name, counted, time].flatMap(read =>
        typeof read === 'object' && isRefusal(read) ? [read.reason] : [],
      )
      if (time === undefined) reasons.push(`${block.at === 'file_day' ? 'the time' : block.at.column[0]} is empty`)
      if (reasons.length > 0 || typeof time !== 'number' || isRefusal(found)) return { rows: [], reasons }
      if (gathering === undefined) {
        const iso = new Date(time).toISOString()
        return {
          rows: [[found.id, String(metric), String(value), iso, source, typeof name === 'string' ? name : '']],
          reasons,
        }
      }
      if (of === undefined || typeof counted === 'string') {
        gathering.add(found.id, String(metric), time, Number(value), typeof counted === 'string' ? counted : '')
      }
      return { rows: [], reasons }
    },
    remarks: () =>
      [gathering?.remark()].flatMap(text =>
        text === undefined ? [] : [`${block.metric?.value ?? 'A metric'}: ${text}`],
      ),
    *end() {
      if (gathering === undefined) return
      for (const { account, metric, value, day } of gathering.end()) {
        yield [account, metric, String(value), dayStart(day), source, '']
      }
    },
  }
}

function dayStart(day: number): string {
  return new Date((day * DAY) as Instant).toISOString()
}

function joined(parts: readonly Translated[]): Translated {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const leftOut = parts.every(({ leftOut }) => leftOut !== undefined) ? parts[0]?.leftOut : undefined
  return {
    rows: parts.flatMap(({ rows }) => rows),
    reasons: [...new Set(parts.flatMap(({ reasons }) => reasons))],
    ...(leftOut !== undefined && { leftOut }),
  }
}
