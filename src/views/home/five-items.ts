import type { Alert } from '../../domain/alerts/alert.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { aboutAlert } from '../alerts/alert-line.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import type { Button, Item, Part } from '../card.ts'
import { type AccountLine, arrWords, changeWords } from '../parts/account-line.ts'
import { dayText } from '../parts/amounts.ts'
import { statusBadge } from '../scoring/status-text.ts'

export type FiveLine = AccountLine & {
  readonly renewalOn?: string
  /** What is open, the most urgent first. */
  readonly alerts: readonly Pick<Alert, 'id' | 'kind' | 'state' | 'claimedBy'>[]
}

export type ShownFive = { readonly chosen: readonly FiveLine[]; readonly rest: number }

export type FiveReader = { readonly email: string; readonly timeZone: string; readonly now: Instant }

/** The accounts that need somebody most, one act each; the rest is counted. */
export function fiveParts(model: Model, { chosen, rest }: ShownFive, reader: FiveReader): Part[] {
  return [
    { kind: 'list', items: chosen.map(line => accountItem(model, line, reader)) },
    ...(rest === 0
      ? []
      : [
          {
            kind: 'text' as const,
            quiet: true,
            text: `${counted(rest, 'more account')} with something at stake: /health`,
          },
        ]),
  ]
}

/** An account in one line, with one act. */
export function accountItem(model: Model, line: FiveLine, reader: FiveReader): Item {
  const { name, verdict, shown, change, reason, renewalOn, alerts } = line
  const { tone, text } = statusBadge(model, shown, verdict)
  const moved = change === 0 ? [] : changeWords(line)
  const [lead] = alerts
  const facts = [
    ...(lead === undefined ? [] : [KIND_WORDS[lead.kind]]),
    ...(renewalOn === undefined ? [] : [`renews ${dayText(renewalOn, reader.now, reader.timeZone)}`]),
    ...arrWords(line),
  ]
  return {
    tone,
    lead: name,
    text: `${[text, ...moved].join(' · ')}. ${reason}`,
    note: facts.join(' · '),
    asOf: reader.now,
    button: actFor(line, reader),
    ...(lead !== undefined && { about: aboutAlert(lead.id) }),
  }
}

/** What the owner would do first. */
function actFor({ id, alerts }: FiveLine, { email }: FiveReader): Button {
  const unclaimed = alerts.find(({ state, claimedBy }) => state === 'open' && claimedBy === undefined)
  if (unclaimed !== undefined) return { label: 'Claim', action: 'claim', value: unclaimed.id, style: 'primary' }
  const isOwn = alerts.some(({ claimedBy }) => claimedBy === email)
  return isOwn ? { label: 'Tasks', action: 'tasks', value: id } : { label: 'Open', action: 'show', value: id }
}
