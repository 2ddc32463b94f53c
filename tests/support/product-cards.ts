import { COMMAND_NAMES } from '../../src/chat/words/vocabulary.ts'
import { unresolvedAlertDetails } from '../../src/store/alerts/alert-details.ts'
import { alertCard } from '../../src/views/alerts/alert-card.ts'
import { stormCard } from '../../src/views/alerts/storm-card.ts'
import type { Button, Card } from '../../src/views/card.ts'
import type { Form } from '../../src/views/form.ts'
import { cardOf, type DemoDoor, formOf } from './demo-door.ts'

/** What is asked with each command. */
const WORDS = [
  ...COMMAND_NAMES.flatMap(name => [name, `${name} acme`]),
  ...['acme', 'a', 'nobody knows', 'list at-risk', 'compare acme --presets', 'digest create team', 'alerts unclaimed'],
  ...['acme --as-of 2026-10-20', 'acme since 14d', 'digest now morning', 'model plan saas'],
]

export type ProductCards = {
  /** By what was asked, pressed or submitted. */
  readonly cards: Map<string, Card>
  /** By the form's id. */
  readonly forms: Map<string, Form>
}

/** Every card that a command, an alert or a button shows, and every form that one opens, on the demo's portfolio. */
export async function productCards(demo: DemoDoor): Promise<ProductCards> {
  const cards = new Map<string, Card>()
  const forms = new Map<string, Form>()
  for (const words of WORDS) {
    const reply = await demo.ask(words)
    if (reply.kind === 'card') cards.set(words, reply.card)
    if (reply.kind === 'form') forms.set(reply.form.id, reply.form)
  }
  const form = formOf(await demo.press('task-add', 'acme'))
  forms.set(form.id, form)
  await demo.submit(form, { title: 'Call **them**', to: 'ana@example.com', due: '2bd' })
  cards.set('a task', cardOf(await demo.ask('tasks acme')))

  const { connection, settings, clock } = demo.context
  const { model } = settings
  const alerts = await unresolvedAlertDetails(connection.db, clock())
  for (const alert of alerts) cards.set(`alert ${alert.id}`, alertCard(model, alert, { showArr: true }))
  cards.set('a storm', stormCard(model, alerts, 'storm'))
  const rated = await demo.press('pulse-rate', '4 acme')
  if (rated.kind === 'card') cards.set('a pulse rated', rated.card)
  const note = formOf(await demo.press('pulse-rate', '1 acme'))
  forms.set(note.id, note)
  // Last: its button retires the account, and ends what the others act on.
  cards.set('outcome acme churned', cardOf(await demo.ask('outcome acme churned')))
  cards.set('postmortem acme', cardOf(await demo.ask('postmortem acme')))
  const buttons = [...cards.values()].flatMap(buttonsOn)
  for (const [action, { value }] of new Map(buttons.map(button => [button.action, button]))) {
    const reply = await demo.press(action, value)
    if (reply.kind === 'card') cards.set(`pressed ${action}`, reply.card)
    if (reply.kind === 'form') forms.set(reply.form.id, reply.form)
  }
  const pulse = await demo.submit(formOf(await demo.press('pulse', 'acme')), { rating: '2', note: 'Silent' })
  if (pulse.kind === 'card') cards.set('a pulse given', pulse.card)
  const comment = formOf(await demo.shortcut('add_to_timeline', '*Great* <at>meeting</at>'))
  forms.set(comment.id, comment)
  return { cards, forms }
}

export function buttonsOn(card: Card): readonly Button[] {
  const items = card.parts.flatMap(part => (part.kind === 'list' ? part.items : []))
  const inLines = items.flatMap(({ button, choices = [] }) => [...(button === undefined ? [] : [button]), ...choices])
  return [...(card.buttons ?? []), ...(card.menu ?? []), ...inLines]
}
