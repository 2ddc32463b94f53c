import { OUTCOME_KINDS, type OutcomeKind } from '../../domain/outcomes/outcome.ts'
import { quoted, shortText } from '../../domain/quoted.ts'
import { type Day, laterDay, parseDay } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'

/** `acme`, `acme churned --on 2026-10-01 --reason price`, `acme remove --on 2026-10-01`. */
export type OutcomeWords = {
  readonly name: string
  readonly act?: OutcomeKind | 'remove'
  readonly on: Day
  readonly reasonCode?: string
  readonly note?: string
  readonly arr?: number
}

const ACTS = [...OUTCOME_KINDS, 'remove'] as const

const OPTIONS = ['on', 'reason', 'note', 'arr'] as const

/** Without a day it is today. */
export function parseOutcomeWords(text: string, today: Day): OutcomeWords {
  // Phones turn two short dashes into a long one.
  const [head = '', ...parts] = text.split(/\s+(?:--|—)(?=[a-z])/iu)
  const options = new Map(parts.map(optionIn))
  const words = head.trim().split(/\s+/)
  const last = words.at(-1)?.toLowerCase()
  const act = words.length > 1 ? ACTS.find(act => act === last) : undefined
  const name = (act === undefined ? words : words.slice(0, -1)).join(' ')
  if (act === undefined && options.size > 0) throw new BotError('no_outcome', `What happened to ${quoted(name)}?`, HINT)
  const on = dayFrom(options.get('on') ?? 'today', today)
  if (on > today) throw new BotError('future', `${on} is in the future. An outcome is what has happened.`)
  const [reasonCode, note, arr] = [options.get('reason'), options.get('note'), options.get('arr')]
  return {
    name,
    on,
    ...(act !== undefined && { act }),
    ...(reasonCode !== undefined && { reasonCode: shortText(reasonCode) }),
    ...(note !== undefined && { note }),
    ...(arr !== undefined && { arr: amountIn(arr) }),
  }
}

const HINT = 'Write it as /health outcome acme churned --on 2026-10-01 --reason price.'

function optionIn(part: string): [string, string] {
  const [, name = '', value = ''] = /^([a-z]+)[\s=]*(.*)$/isu.exec(part) ?? []
  const option = OPTIONS.find(option => option === name.toLowerCase())
  if (option === undefined) throw new BotError('no_option', `I did not understand ${quoted(`--${part}`)}.`, HINT)
  const said = value.trim().replace(/^["“](.*)["”]$/su, '$1')
  if (said === '') throw new BotError('no_value', `What follows --${option}?`, HINT)
  return [option, said]
}

function dayFrom(text: string, today: Day): Day {
  const word = text.toLowerCase()
  const day = word === 'today' ? today : word === 'yesterday' ? laterDay(today, -1) : parseDay(text)
  if (day === undefined)
    throw new BotError('bad_date', `${quoted(text)} is not a valid day.`, 'Write it as 2026-08-01.')
  return day
}

/** Not less than 0. */
export function amountOrNone(text: string): number | undefined {
  const amount = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(amount) ? amount : undefined
}

function amountIn(text: string): number {
  const amount = amountOrNone(text)
  if (amount !== undefined) return amount
  throw new BotError('bad_number', `${quoted(text)} is not an amount.`, 'Write it as 12000.')
}
