import { titleOf } from '../../domain/accounts/title.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Card, Item } from '../card.ts'
import { timeText } from '../scoring/evidence.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'

type Moved = {
  readonly account: string
  readonly name: string
  readonly at: Instant
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly shown: number | null
}

/** Accounts whose band changed, or that became ready for expansion, since a day. */
export function movedCard(model: Model, moved: readonly Moved[], since: Instant): Card {
  const title = `Since ${dayOf(since)}`
  if (moved.length === 0) return { title, summary: 'Nothing moved.', parts: [{ kind: 'text', text: 'Nothing moved.' }] }
  return {
    title,
    summary: `${title}: ${counted(moved.length, 'change')}`,
    parts: [{ kind: 'list', items: moved.map(change => line(model, change)) }],
  }
}

function line(model: Model, { account, name, at, from, to, kind, shown }: Moved): Item {
  const words = (state: string) => (kind === 'expansion_ready' ? titleOf(state) : verdictWords(model, state))
  const what = kind === 'band' ? [] : [titleOf(kind)]
  return {
    lead: name,
    tone: toneOf(model, to),
    text: [...what, `${words(from)} → ${words(to)}`, ...(shown === null ? [] : [String(shown)]), timeText(at)].join(
      ' · ',
    ),
    button: { label: 'Open', action: 'show', value: account },
  }
}
