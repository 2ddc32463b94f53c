import { counted } from '../../domain/counted.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Complaint } from '../admin/complaint.ts'
import type { Item, Part } from '../card.ts'

/** What an admin looks after. */
export type AdminOverview = {
  readonly accounts: number
  readonly people: number
  /** How many sources sent something in the last week. */
  readonly sources: number
  readonly model: string
  readonly scoredAt?: Instant
  readonly digests: readonly { readonly name: string; readonly isPaused: boolean }[]
  readonly hasRoutes: boolean
  readonly complaints: readonly Complaint[]
}

const MOST_COMPLAINTS = 5

/** What still has to be set up, and then how it stands; what is wrong comes first. */
export function adminParts(overview: AdminOverview): Part[] {
  const steps = setUpSteps(overview)
  const open = steps.filter(({ tone }) => tone !== 'good').length
  const rest = overview.complaints.length - MOST_COMPLAINTS
  return [
    ...(overview.complaints.length === 0
      ? []
      : [
          {
            kind: 'list' as const,
            heading: 'Something is wrong',
            items: overview.complaints.slice(0, MOST_COMPLAINTS).map(complaintItem),
          },
          ...(rest > 0 ? [{ kind: 'text' as const, quiet: true, text: `And ${rest} more: rounds doctor` }] : []),
        ]),
    { kind: 'list', heading: open === 0 ? 'Rounds' : `${counted(open, 'step')} left to set up Rounds`, items: steps },
  ]
}

/** The checklist of the first day; each step ticks itself. */
function setUpSteps({
  accounts,
  people,
  sources,
  model,
  scoredAt,
  digests,
  hasRoutes,
}: Omit<AdminOverview, 'complaints'>): Item[] {
  const running = digests.filter(({ isPaused }) => !isPaused)
  return [
    step('Accounts', accounts > 0, `${accounts} are known`, 'none yet: rounds import accounts FILE'),
    step('Sources', sources > 0, `${counted(sources, 'source')} in the last week`, 'nothing came in: /health sources'),
    step('People', people > 0, `${people} are known`, 'nobody yet: rounds import people FILE'),
    step(
      'Model',
      scoredAt !== undefined,
      `${model}, last scoring on ${scoredAt === undefined ? '' : dayOf(scoredAt)}`,
      `${model}, nothing scored yet: rounds score`,
    ),
    step('Alerts', hasRoutes, 'have routes', 'have no route yet: write one in routes.yaml'),
    step(
      'Digests',
      running.length > 0,
      running.map(({ name }) => name).join(', '),
      'none yet: /health digest create NAME in the channel that should get it',
    ),
  ]
}

function step(lead: string, isDone: boolean, done: string, open: string): Item {
  return isDone ? { tone: 'good', lead: `✓ ${lead}`, text: done } : { tone: 'warn', lead, text: open }
}

function complaintItem({ problem, remedy }: Complaint): Item {
  return { tone: 'bad', text: problem, note: remedy }
}
