import type { AccountAction, Card, Item } from '../card.ts'

type Named = { readonly id: string; readonly name: string }

/** Several accounts match a name, given in quotes: asks which one is meant. `action` is what the button does. */
export function choiceCard(asked: string, accounts: readonly Named[], action: AccountAction): Card {
  const summary = `Which account do you mean by ${asked}?`
  return {
    title: 'Which one?',
    summary,
    parts: [
      { kind: 'text', text: summary },
      { kind: 'list', items: items(accounts, action) },
    ],
  }
}

/** `summary` says what was understood; the nearest names are offered, never taken. */
export function noAccountCard(summary: string, nearest: readonly Named[], action: AccountAction, hint: string): Card {
  const near =
    nearest.length === 0 ? [] : [{ kind: 'list' as const, heading: 'Nearest', items: items(nearest, action) }]
  return {
    title: 'Not found',
    summary,
    parts: [{ kind: 'text', text: summary }, ...near, { kind: 'text', quiet: true, text: hint }],
  }
}

function items(accounts: readonly Named[], action: AccountAction): Item[] {
  return accounts.map(({ id, name }) => ({
    lead: name,
    text: id,
    button: { label: 'Choose', action, value: id },
  }))
}

/** A sentence, and what to do: refusals, confirmations. */
export function noticeCard(title: string, sentence: string, hint?: string): Card {
  return {
    title,
    summary: sentence,
    parts: [
      { kind: 'text', text: sentence },
      ...(hint === undefined ? [] : [{ kind: 'text' as const, quiet: true, text: hint }]),
    ],
  }
}
