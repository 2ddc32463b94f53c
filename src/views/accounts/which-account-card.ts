import type { AccountAction, Card } from '../card.ts'

/** For a command without a name: the caller's accounts, and a way to all others. */
export function whichAccountCard(
  command: string,
  own: readonly { readonly id: string; readonly name: string }[],
  action: AccountAction,
  isPrivate: boolean,
): Card {
  const summary = 'Which account?'
  const hint = `Or write its name: ${command} acme.`
  return {
    title: summary,
    summary: `${summary} ${hint}`,
    parts: [
      ...(own.length === 0
        ? []
        : [
            {
              kind: 'list' as const,
              heading: 'Yours',
              items: own.map(({ id, name }) => ({
                lead: name,
                text: id === name ? '' : id,
                button: { label: 'Choose', action, value: id },
              })),
            },
          ]),
      { kind: 'text', text: hint, quiet: own.length > 0 },
    ],
    buttons: isPrivate
      ? [
          {
            label: own.length === 0 ? 'Choose an account' : 'Another account',
            action: 'account-pick',
            value: action,
            opensForm: true,
          },
        ]
      : [],
  }
}
