import type { CommentBlock, OutcomeBlock } from '../../model/mapping/mapping.ts'
import { isRefusal } from '../cells/values.ts'
import { dayText, LEFT_OUT } from './readers.ts'
import { rowFilter } from './row-filter.ts'
import { accountReader, NOTHING, type Translated, type Translation, type Translator } from './translator.ts'

type Read = string | number | undefined | { readonly reason: string } | typeof LEFT_OUT

/** Comments of the rows that have words. */
export function translateComments(blocks: readonly CommentBlock[], translation: Translation): Translator {
  const { readers, source, fileDay } = translation
  const takes = blocks.map(block => {
    const [filter, account] = [rowFilter(block.only, translation.index), accountReader(block.account, translation)]
    const at = block.at === 'file_day' ? () => fileDay : readers.instant(block.at)
    const [text, author, id] = [block.text, block.author, block.id].map(value => value && readers.text(value))
    const sentiment = block.sentiment && readers.number(block.sentiment, 'sentiment')
    return (cells: readonly string[]): Translated => {
      const meant = filter(cells)
      if (meant !== true) return { ...NOTHING, leftOut: meant }
      const words = text?.(cells)
      if (words === undefined) return NOTHING
      const found = account(cells)
      const reads: Read[] = [words, at(cells), author?.(cells), id?.(cells), sentiment?.(cells)]
      if (found === LEFT_OUT || reads.includes(LEFT_OUT)) return { ...NOTHING, leftOut: 'its words leave it out' }
      const reasons = reasonsOf([found, ...reads])
      const [, time, by, name, tone] = reads
      if (time === undefined) reasons.push('its time is empty')
      if (reasons.length > 0 || isRefusal(found)) return { rows: [], reasons }
      const iso = new Date(Number(time)).toISOString()
      const cellsOf = [found.id, words, iso, by, source, name, tone].map(read =>
        read === undefined ? '' : String(read),
      )
      return { rows: [cellsOf], reasons }
    }
  })
  return translator(['account_id', 'text', 'observed_at', 'author', 'source', 'id', 'sentiment'], takes)
}

/** Outcomes of the rows that say one. */
export function translateOutcomes(blocks: readonly OutcomeBlock[], translation: Translation): Translator {
  const { readers } = translation
  const takes = blocks.map(block => {
    const [filter, account] = [rowFilter(block.only, translation.index), accountReader(block.account, translation)]
    const [outcome, reason, note] = [block.outcome, block.reason, block.note].map(value => value && readers.text(value))
    const on = readers.instant(block.on)
    const arr = block.arr && readers.number(block.arr, 'arr')
    return (cells: readonly string[]): Translated => {
      const meant = filter(cells)
      if (meant !== true) return { ...NOTHING, leftOut: meant }
      const found = account(cells)
      const reads: Read[] = [outcome?.(cells), on(cells), arr?.(cells), reason?.(cells), note?.(cells)]
      if (found === LEFT_OUT || reads.includes(LEFT_OUT)) return { ...NOTHING, leftOut: 'its words leave it out' }
      if (reads[0] === undefined) return NOTHING
      const reasons = reasonsOf([found, ...reads])
      if (reads[1] === undefined) reasons.push(`${block.on.column[0]} is empty`)
      if (reasons.length > 0 || isRefusal(found)) return { rows: [], reasons }
      const day = dayText(Number(reads[1])).slice(0, 10)
      const texts = [found.id, reads[0], day, ...reads.slice(2)].map(read => (read === undefined ? '' : String(read)))
      return { rows: [texts], reasons }
    }
  })
  return translator(['account_id', 'outcome', 'on_date', 'arr', 'reason', 'note'], takes)
}

function translator(
  columns: readonly string[],
  takes: readonly ((cells: readonly string[]) => Translated)[],
): Translator {
  return {
    columns,
    take(cells) {
      const parts = takes.map(take => take(cells))
      const leftOut = parts.every(({ leftOut }) => leftOut !== undefined) ? parts[0]?.leftOut : undefined
      return {
        rows: parts.flatMap(({ rows }) => rows),
        reasons: [...new Set(parts.flatMap(({ reasons }) => reasons))],
        ...(leftOut !== undefined && { leftOut }),
      }
    },
    end: () => [],
  }
}

function reasonsOf(reads: readonly unknown[]): string[] {
  return reads.flatMap(read =>
    typeof read === 'object' && read !== null && 'reason' in read ? [String(read.reason)] : [],
  )
}
