import type { SetUp } from '../../domain/admin/set-up.ts'
import type { Complaint } from './complaint.ts'

/** What is wrong with the setup, and what to do. */
export function setUpComplaints({ isEmpty, placeholders, offPlatforms }: SetUp): Complaint[] {
  return [
    ...(isEmpty
      ? [
          {
            about: 'accounts',
            problem: 'There are no accounts yet.',
            remedy:
              'Load some with `rounds import accounts FILE`, or check that DATABASE_URL names the right database.',
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
  ]
}
