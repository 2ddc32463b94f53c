import { type Checkup, LARGE_WAL, type LostInstance, type StuckMessages } from '../../domain/admin/checkup.ts'
import { SHARED, sharedProblem } from '../../domain/admin/shared-place.ts'
import { counted } from '../../domain/counted.ts'
import { type Destination, destinationName } from '../../domain/delivery/destination.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { countText } from '../alerts/released-card.ts'
import { LEAVER_REMEDY, OWN_CHANNEL } from './broken-destination-card.ts'
import type { Complaint } from './complaint.ts'
import { setUpComplaints } from './set-up-complaints.ts'
import { sourceComplaints } from './source-complaints.ts'

/** Everything that is wrong, worst first; empty if nothing is. */
export function complaintsOf(checkup: Checkup): Complaint[] {
  return [
    ...aboutDatabase(checkup),
    ...aboutSettings(checkup),
    ...aboutWork(checkup),
    ...checkup.lostInstances.map(aboutInstance),
    ...aboutAccounts(checkup),
    ...setUpComplaints(checkup.setUp),
    ...sourceComplaints(checkup.sources),
  ]
}

function aboutDatabase({ isDamaged, audit, walBytes }: Checkup): Complaint[] {
  const megabytes = Math.round(walBytes / 1024 / 1024)
  return [
    ...when(isDamaged, 'database', 'The database is damaged.', 'Stop the service and put a backup in its place.'),
    ...when(
      audit !== undefined,
      'audit',
      audit ?? '',
      'Somebody changed the database by hand: compare it with a backup.',
    ),
    ...when(
      walBytes > LARGE_WAL,
      'database',
      `${megabytes} MB wait in the write-ahead log.`,
      'Something is holding the database open: close other programs that read it, then restart the service.',
    ),
  ]
}

function aboutSettings({ settings, unreadableDigests, sharedDestinations, refusingReceivers }: Checkup): Complaint[] {
  const remedy = 'Fix the file; `rounds model check` says more. Until then the service uses the last good one.'
  return [
    ...(settings === undefined ? [] : [{ about: 'settings', problem: settings, remedy }]),
    ...unreadableDigests.map(({ name, problem }) => ({
      about: 'digest',
      problem: `The digest ${name}, made in chat, cannot be read: ${problem}`,
      remedy: `Create it again: /health digest create ${name}, or use edit if digests.yaml has it too.`,
    })),
    ...refusingReceivers.map(({ host, fault }) => ({
      about: 'webhook',
      problem: `${host} does not accept events: ${fault}.`,
      remedy:
        'Fix it there, or its line under webhooks in routes.yaml. Events wait for 14 days; `rounds doctor --retry` tries now.',
    })),
    ...sharedDestinations.map(shared => ({
      about: 'shared channel',
      problem: sharedProblem(shared),
      remedy: OWN_CHANNEL,
    })),
  ]
}

function aboutWork({ stuck, waitingAccounts, overdue }: Checkup): Complaint[] {
  const late = overdue.map(({ schedule, dueAt }) => ({
    about: 'schedule',
    problem: `The schedule ${schedule} was due at ${isoTime(dueAt)} and has not run.`,
    remedy: SERVICE,
  }))
  return [
    ...stuck.map(aboutMessages),
    ...late,
    ...when(
      waitingAccounts > 0,
      'scoring',
      `${counted(waitingAccounts, 'account has', 'accounts have')} new data that has not been scored.`,
      `${SERVICE} Or score now: \`rounds score\`.`,
    ),
  ]
}

function aboutInstance({ name, heardAt, holds }: LostInstance): Complaint {
  const held = holds.length === 0 ? 'others have taken what it was at' : `it was at: ${holds.join(', ')}`
  return {
    about: 'instance',
    problem: `The instance ${name} went away without a word, and was last heard of at ${isoTime(heardAt)}; ${held}.`,
    remedy: 'The other instances go on with its work. If you did not stop it, its log says why it ended.',
  }
}

const SERVICE = 'Is the service running? Start it with `npm start`; its log says why something failed.'

function aboutMessages({ to, state, reason, count, remedy }: StuckMessages): Complaint {
  const where = destinationName(to)
  const messages = counted(count, 'message', 'messages')
  const about = 'outbox'
  switch (state) {
    case 'parked':
      return {
        about,
        problem: `${messages} to ${where} cannot be delivered: ${reason}.`,
        remedy: reason === SHARED ? OWN_CHANNEL : parkedRemedy(to, remedy),
      }
    case 'dead':
      return {
        about,
        problem: `${messages} to ${where} of the last 7 days ${count === 1 ? 'was' : 'were'} given up: ${reason}`,
        remedy: 'The log says what it was about; the next message goes out as usual.',
      }
    case 'unknown':
      return { about, problem: `It is not known whether ${messages} to ${where} arrived: ${reason}.`, remedy: SERVICE }
    case 'sending':
      return {
        about,
        problem: `${messages} to ${where} ${count === 1 ? 'is' : 'are'} marked as being sent: ${reason}.`,
        remedy: `Is the disk of the database full? Make room: they go out again, marked as possible repeats. ${SERVICE}`,
      }
    case 'pending':
      return {
        about,
        problem: `${messages} to ${where} ${count === 1 ? 'is' : 'are'} waiting: ${reason}.`,
        remedy: remedy === undefined ? SERVICE : `${remedy} Then restart. Nothing is lost meanwhile.`,
      }
  }
}

function parkedRemedy({ person }: Destination, remedy: string | undefined): string {
  const otherwise = person !== undefined ? LEAVER_REMEDY : 'Or name another channel in routes.yaml or digests.yaml.'
  return [remedy, otherwise, 'Rounds tries again every hour; `rounds doctor --retry` tries now.']
    .filter(Boolean)
    .join(' ')
}

function aboutAccounts({ unknownOwners, unowned, leavers }: Checkup): Complaint[] {
  const named = unowned.slice(0, 10).join(', ') + (unowned.length > 10 ? ` and ${unowned.length - 10} more` : '')
  return [
    ...unknownOwners.map(({ owner, accounts }) => ({
      about: 'owner',
      problem: `${owner} owns ${counted(accounts, 'account', 'accounts')} and is not among the people.`,
      remedy: 'Import them with `rounds import people`, or fix the spelling in the accounts file.',
    })),
    ...leavers.map(({ name, why, alerts, tasks }) => ({
      about: 'holder',
      problem: `${name} ${why} and still holds ${countText({ alerts: { length: alerts }, tasks: { length: tasks } })}.`,
      remedy: `While the service runs, it opens them again within a minute and lets the admins know, each with an "Assign" button. ${SERVICE}`,
    })),
    ...when(
      unowned.length > 0,
      'owner',
      `${counted(unowned.length, 'account has', 'accounts have')} no owner: ${named}.`,
      'Give each one an owner in the accounts file; until then their alerts reach nobody by name.',
    ),
  ]
}

function when(isSo: boolean, about: string, problem: string, remedy: string): Complaint[] {
  return isSo ? [{ about, problem, remedy }] : []
}
