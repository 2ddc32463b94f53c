import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Button, Card, Item } from '../card.ts'

/** Which parts of the setup are done. */
export type Beginnings = {
  readonly accounts: number
  readonly scoredAt?: Instant
  readonly model: string
  /** How Rounds knows the person it greets; absent if it does not. */
  readonly reader?: { readonly name: string; readonly role: string }
  /** The names of the digests that come here. */
  readonly digests: readonly string[]
  readonly hasRoutes: boolean
  /** How to ask Rounds here, if not by its commands. */
  readonly howToAsk?: string | undefined
  /** Where to begin. */
  readonly first?: readonly { readonly id: string; readonly name: string }[]
}

/** The first message in a conversation: what Rounds does, and what is still to be set up, with how to do it. */
export function welcomeCard(beginnings: Beginnings): Card {
  const items = checklist(beginnings)
  const open = items.filter(({ tone }) => tone !== 'good').length
  const state =
    open === 0
      ? 'Everything is set up.'
      : `${open} of ${items.length} things ${open === 1 ? 'still needs' : 'still need'} to be set up.`
  return {
    title: 'Hello, I am Rounds',
    summary: `I make the morning rounds of your customer accounts. ${state}`,
    parts: [
      {
        kind: 'text',
        text: 'I tell you which customers are about to leave, which are ready to grow, and why, and I make sure that somebody acts.',
      },
      { kind: 'list', heading: state, items },
      {
        kind: 'text',
        quiet: true,
        text: beginnings.howToAsk ?? 'Ask for an account by its name: /health acme. /health help lists every command.',
      },
    ],
    ...beginning(beginnings),
  }
}

/** People begin with their own accounts, and with their day. */
function beginning({ first = [] }: Beginnings): Pick<Card, 'buttons'> {
  if (first.length === 0) return {}
  const accounts = first.map(({ id, name }): Button => ({ label: name, action: 'show', value: id }))
  return { buttons: [...accounts, { label: 'Your day', action: 'turn', value: 'home', style: 'primary' }] }
}

/** In a channel one line is enough. */
export function channelWelcomeCard({ digests, howToAsk }: Pick<Beginnings, 'digests' | 'howToAsk'>): Card {
  const comes = digests.length === 0 ? '' : ` ${digests.join(', ')} ${digests.length === 1 ? 'comes' : 'come'} here.`
  const summary = `I am Rounds, and tell you how your customers are.${comes} ${howToAsk ?? 'Ask me for one by its name: /health acme.'}`
  return { title: 'Rounds', summary, parts: [{ kind: 'text', text: summary }] }
}

function checklist({ accounts, scoredAt, model, reader, digests, hasRoutes }: Beginnings): Item[] {
  return [
    accounts > 0
      ? done('Accounts', `${accounts} are known`)
      : open('Accounts', 'none yet', 'An admin loads them: `rounds import accounts FILE`, then signals'),
    scoredAt !== undefined
      ? done('Scores', `by the model ${model}, last on ${dayOf(scoredAt)}`)
      : open(
          'Scores',
          `none yet, the model is ${model}`,
          'They come with the next scheduled scoring, or by `rounds score`',
        ),
    reader !== undefined
      ? done('You', `${reader.name}, ${reader.role}`)
      : open(
          'You',
          'I do not know you yet',
          'An admin adds you: `rounds import people FILE`, with your e-mail address',
        ),
    digests.length > 0
      ? done('Digests', `${digests.join(', ')} ${digests.length === 1 ? 'comes' : 'come'} here`)
      : open('Digests', 'none is sent here', 'An admin can make one with /health digest create.'),
    hasRoutes
      ? done('Alerts', 'have routes')
      : open('Alerts', 'have no route, so only digests mention them', 'An admin writes routes.yaml'),
  ]
}

function done(lead: string, text: string): Item {
  return { tone: 'good', lead, text }
}

function open(lead: string, text: string, note: string): Item {
  return { tone: 'warn', lead, text, note }
}
