import type { SetUp } from '../../domain/admin/set-up.ts'
import type { Complaint } from './complaint.ts'

const MOST_NAMED = 10

/** What is wrong with how Rounds is set up, and what to do. */
export function setUpComplaints({ isEmpty, placeholders, offPlatforms, unreadMetrics }: SetUp): Complaint[] {
  return [
    ...(isEmpty
      ? [
          {
            about: 'accounts',
            problem: 'There are no accounts yet.',
            remedy: 'Load some with `rounds import accounts FILE`, or check that DATABASE_URL names the right file.',
          },
        ]
      : []),
    ...placeholders.map(({ where, text }) => ({
      about: 'settings',
      problem: `${where} still has the example's "${text}".`,
      remedy: 'Put your own value there.',
    })),
    ...offPlatforms.map(({ what, to, platform }) => ({
      about: 'settings',
      problem: `${what} names ${to}, but ${platform} is off.`,
      remedy: `Set the variables of ${platform} (see .env.example) and restart, or name another place.`,
    })),
    ...listed(
      unreadMetrics,
      'No measure of the model reads',
      'Add a measure for it to model.yaml, or stop sending it.',
    ),
  ]
}

function listed(metrics: readonly string[], before: string, remedy: string): Complaint[] {
  if (metrics.length === 0) return []
  const more = metrics.length > MOST_NAMED ? ` and ${metrics.length - MOST_NAMED} more` : ''
  const named = metrics.slice(0, MOST_NAMED).join(', ') + more
  return [
    { about: 'metrics', problem: `${before} ${metrics.length === 1 ? 'the metric' : 'the metrics'} ${named}.`, remedy },
  ]
}
