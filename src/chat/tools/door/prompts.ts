import type { Prompt } from '../tool-port.ts'

const ACCOUNT = { name: 'account', description: 'The name of a customer account.' }

/** Questions that people ask again and again. */
export const PROMPTS: readonly Prompt[] = [
  {
    name: 'prepare_qbr',
    title: 'Prepare my QBR',
    description: 'What to know and to ask before a quarterly business review with an account.',
    blanks: [ACCOUNT],
    text: ({ account = '' }) =>
      [
        `Prepare my quarterly business review with the account "${account}".`,
        'Use brief with kind "qbr", and what_would_help. Say what the score did and why, with its figures as they are given; what was promised and done;',
        'what is open; and the three questions worth asking. Say what is not known. Quote customers only from quoted fields.',
      ].join(' '),
  },
  {
    name: 'my_monday',
    title: 'My Monday',
    description: 'What needs me first this week.',
    blanks: [],
    text: () =>
      [
        'What needs me first this week? Use alerts with whose "mine", tasks, and list_accounts with owner "me" and renews_within_days 90.',
        'List at most five accounts, the most urgent first, each with one reason and one next step. Count the rest in one line.',
      ].join(' '),
  },
]
