import { type Choices, DEFAULTS, MESSAGE_KINDS } from '../../domain/delivery/choices.ts'
import { SCORE_FORMATS, type ScoreFormat } from '../../domain/scoring/score-format.ts'
import type { Card, Item, Part } from '../card.ts'
import { ALWAYS, KIND_NAMES, WHEN_WORDS } from './choice-words.ts'

export const FORMAT_WORDS: Readonly<Record<ScoreFormat, string>> = {
  words: 'the number and its word: 72 · Healthy',
  grade: 'with a letter grade, A from 90, B from 80, C from 70, D from 60, else F: 72 · Healthy · C',
  rank: 'with the rank in the portfolio, the best first: 72 · Healthy · 12th of 60',
}

export type Preferences = {
  readonly format: ScoreFormat
  /** Where direct messages go, and where they could go. */
  readonly messages?: { readonly chosen: string; readonly places: readonly string[] }
  /** As much of the address of their calendar as may be shown. */
  readonly calendar?: string
  /** What comes when; absent for somebody who gets no messages. */
  readonly choices?: Choices
}

/** How somebody sees scores and where they are written to, and what else there is. */
export function preferencesCard({ format: chosen, messages, choices, calendar = 'none' }: Preferences): Card {
  const items = SCORE_FORMATS.map(
    (format): Item => ({
      tone: format === chosen ? 'good' : 'neutral',
      lead: format === chosen ? `${format} (yours)` : format,
      text: FORMAT_WORDS[format],
      note: `/health preferences score ${format}`,
    }),
  )
  const summary = `You see scores as ${FORMAT_WORDS[chosen]}.`
  return {
    title: 'Your preferences',
    summary,
    shows: 'preferences',
    parts: [
      { kind: 'text', text: summary },
      ...(choices === undefined ? [] : choicesParts(choices, calendar)),
      { kind: 'list', heading: 'Scores', items },
      ...(messages === undefined ? [] : [messagesPart(messages)]),
    ],
    ...(choices !== undefined && {
      buttons: [{ label: 'Change', action: 'choose', value: '', opensForm: true, style: 'primary' }],
    }),
  }
}

function choicesParts({ when, quiet }: Choices, calendar: string): Part[] {
  const facts = MESSAGE_KINDS.map(kind => ({
    label: KIND_NAMES[kind],
    value: WHEN_WORDS[when[kind] ?? DEFAULTS[kind]],
  }))
  const hours = quiet === undefined ? 'none' : `${quiet.from} to ${quiet.to}, ${quiet.timeZone}`
  return [
    {
      kind: 'facts',
      facts: [...facts, { label: 'Quiet hours', value: hours }, { label: 'Calendar', value: calendar }],
    },
    { kind: 'text', quiet: true, text: ALWAYS },
  ]
}

function messagesPart({ chosen, places }: NonNullable<Preferences['messages']>): Part {
  const items = places.map(
    (place): Item => ({
      tone: place === chosen ? 'good' : 'neutral',
      lead: place === chosen ? `${place} (yours)` : place,
      text: place === 'last' ? 'wherever you last wrote to me' : `always in ${place}`,
      note: `/health preferences messages ${place}`,
    }),
  )
  return { kind: 'list', heading: 'Direct messages', items }
}
