import { noticeCard } from './answer-cards.ts'
import type { Card } from './card.ts'

/** Why nothing gets through: to a whole platform, to a channel or person, or this one message. */
export type Trouble = {
  readonly fault: 'platform' | 'destination' | 'payload' | 'exhausted'
  readonly reason: string
}

const REMEDIES: Readonly<Record<Trouble['fault'], string>> = {
  platform:
    'Check the token in the environment, and that the app is installed. Nothing is lost: it goes out once I am let in.',
  destination:
    'Invite me again, or name another channel in the settings. I try again every hour; `rounds doctor` says more.',
  exhausted:
    'It was tried eight times over more than an hour and is given up. The next message is tried as ever; the log says more.',
  payload: 'It was refused twice, the second time as plain text, and is given up; the log has its key.',
}

/** Tells an admin what does not get through, and what to do. */
export function brokenWayCard(where: string, { fault, reason }: Trouble): Card {
  return noticeCard('Messages do not get through', `I could not write to ${where}: ${reason}.`, REMEDIES[fault])
}
