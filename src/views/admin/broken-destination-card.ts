import { SHARED } from '../../domain/admin/shared-place.ts'
import type { Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'

/** Why nothing gets through: to a whole platform, to a channel or person, or this one message. */
export type Trouble = {
  readonly fault: 'platform' | 'destination' | 'payload' | 'exhausted'
  readonly reason: string
}

const AGAIN = 'I try again every hour; `rounds doctor` says more.'

const REMEDIES: Readonly<Record<Trouble['fault'], string>> = {
  platform:
    'Check the token in the environment, and that the app is installed. Nothing is lost: it goes out once I am let in.',
  destination: `Invite me again, or name another channel in the settings. ${AGAIN}`,
  exhausted:
    'It was tried eight times over more than an hour and is given up. The next message is tried as ever; the log says more.',
  payload: 'It was refused twice, the second time as plain text, and is given up; the log has its key.',
}

export const OWN_CHANNEL =
  'Name a channel that only people of your company read, in routes.yaml or digests.yaml, or with /health digest edit.'

/** What to do where one person cannot be written to. */
export function personRemedy(email: string, platform: string): string {
  return `If ${email} has another address there, put their ${platform} user ID into people.csv; if they left, take them out of it and run \`rounds import people people.csv --complete\`.`
}

/** Tells an admin what does not get through, and what to do. */
export function brokenWayCard(
  where: { readonly platform: string; readonly to: string },
  { fault, reason }: Trouble,
): Card {
  const { platform, to } = where
  const isPerson = fault === 'destination' && to.startsWith('@')
  const remedy = isPerson
    ? `${personRemedy(to.slice(1), platform)} ${AGAIN}`
    : reason === SHARED
      ? OWN_CHANNEL
      : REMEDIES[fault]
  const name = fault === 'platform' ? platform : `${platform}:${to}`
  return noticeCard('Messages do not get through', `I could not write to ${name}: ${reason}.`, remedy)
}
