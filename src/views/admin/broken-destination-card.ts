import { SHARED } from '../../domain/admin/shared-place.ts'
import { type Destination, destinationName } from '../../domain/delivery/destination.ts'
import type { Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'

/** Why delivery fails: for a whole platform, for a channel or person, or for this one message. */
export type Trouble = {
  readonly fault: 'platform' | 'destination' | 'payload' | 'exhausted'
  readonly reason: string
}

const AGAIN = 'I try again every hour; `rounds doctor` says more.'

export const OWN_CHANNEL =
  'Name a channel that only people of your company read, in routes.yaml or digests.yaml, or with /health digest edit.'

export const LEAVER_REMEDY =
  'If they left, take them out of people.csv and run `rounds import people people.csv --complete`.'

/** Tells an admin what cannot be delivered, and what to do: `remedy` is the platform's own advice. */
export function brokenDestinationCard(to: Destination, { fault, reason }: Trouble, remedy: string): Card {
  const name = fault === 'platform' ? to.platform : destinationName(to)
  const sentence = `I could not write to ${name}: ${reason}.`
  return noticeCard('Messages are not getting through', sentence, whatToDo({ fault, reason }, to, remedy))
}

function whatToDo({ fault, reason }: Trouble, { person }: Destination, remedy: string): string {
  switch (fault) {
    case 'platform':
      return `${remedy} Nothing is lost: it goes out as soon as I have access.`
    case 'destination':
      if (reason === SHARED) return OWN_CHANNEL
      if (person !== undefined) return `${remedy} ${LEAVER_REMEDY} ${AGAIN}`
      return `${remedy} Or name another channel in the settings. ${AGAIN}`
    case 'exhausted':
      return 'It was tried eight times over more than an hour and then given up. The next message is tried as usual; the log says more.'
    case 'payload':
      return 'It was refused twice, the second time as plain text, and is given up. The log says what it was about.'
  }
}
