import type { Portfolio } from '../src/demo/portfolio.ts'
import type { Card } from '../src/views/card.ts'
import type { Form } from '../src/views/form.ts'
import { openDemoDoor } from '../tests/support/demo-door.ts'
import { productCards } from '../tests/support/product-cards.ts'
import { unaskedCards } from '../tests/support/unasked-cards.ts'
import {
  worstDigest,
  worstName,
  worstReview,
  worstTasks,
  worstTasksCard,
  worstTimeline,
} from '../tests/support/worst-portfolio.ts'

/** A card or a form as the usual portfolio shows it, and as the worst one does. */
export type Exhibit<T> = { readonly name: string; readonly usual?: T; readonly worst?: T }

export type Exhibits = { readonly cards: readonly Exhibit<Card>[]; readonly forms: readonly Exhibit<Form>[] }

/** Every card and form of the product, made by the product itself on the worlds of its tests. */
export async function exhibits(): Promise<Exhibits> {
  const usual = await shownOn(portfolio => portfolio)
  const worst = await shownOn(calledBadly)
  return {
    cards: [...pairs(usual.cards, worst.cards), ...giants()],
    forms: pairs(usual.forms, worst.forms),
  }
}

async function shownOn(change: (portfolio: Portfolio) => Portfolio) {
  const demo = await openDemoDoor(change)
  const { cards, forms } = await productCards(demo)
  const unasked = await unaskedCards(demo)
  await demo.close()
  return { cards: new Map([...firstOfEachAlert(cards), ...unasked]), forms }
}

/** The same accounts under names that are long, wide and full of markup. */
function calledBadly(portfolio: Portfolio): Portfolio {
  const accounts = portfolio.accounts.map((account, n) => ({ ...account, name: worstName(n) }))
  const people = portfolio.people.map(person => ({
    ...person,
    name: `${person.name} *bold* <@U0DANA> ${'漢'.repeat(30)}`,
  }))
  return { ...portfolio, accounts, people }
}

/** More than fits anywhere. */
function giants(): readonly Exhibit<Card>[] {
  return [
    { name: 'a digest of 200 accounts', worst: worstDigest(200) },
    { name: 'a portfolio of 1,000 accounts without an owner', worst: worstReview({ renewals: 300, unowned: 1_000 }) },
    { name: '300 tasks', worst: worstTasksCard(worstTasks(300)) },
    { name: 'a timeline of 150 long comments', worst: worstTimeline(150) },
  ]
}

/** Dozens of alerts look alike; one of each title's ending, its kind, is enough. */
function firstOfEachAlert(cards: ReadonlyMap<string, Card>): [string, Card][] {
  const kinds = new Set<string>()
  return [...cards].flatMap(([name, card]): [string, Card][] => {
    if (!name.startsWith('alert ')) return [[name, card]]
    const kind = card.title.slice(card.title.lastIndexOf(':') + 2)
    if (kinds.has(kind)) return []
    kinds.add(kind)
    return [[`alert: ${kind}`, card]]
  })
}

function pairs<T>(usual: ReadonlyMap<string, T>, worst: ReadonlyMap<string, T>): readonly Exhibit<T>[] {
  return [...new Set([...usual.keys(), ...worst.keys()])].map(name => {
    const [one, other] = [usual.get(name), worst.get(name)]
    return { name, ...(one !== undefined && { usual: one }), ...(other !== undefined && { worst: other }) }
  })
}
