import { FEWEST_RUNS, type PlayOutcome } from '../../domain/playbooks/play-outcome.ts'
import type { Card, Item } from '../card.ts'

export type ShownPlay = PlayOutcome & { readonly label: string; readonly begun: number }

/** How accounts with a play fared afterwards, next to similar ones without; and how little that proves. */
export function playbooksCard(plays: readonly ShownPlay[]): Card {
  const summary = plays.length === 0 ? 'No playbook has started yet.' : 'How accounts did in the 30 days after a play'
  return {
    title: 'Playbooks',
    summary,
    parts: [
      { kind: 'text', text: summary },
      ...(plays.length === 0
        ? []
        : [
            { kind: 'list' as const, items: plays.map(itemOf) },
            { kind: 'text' as const, quiet: true, text: WARNING },
          ]),
    ],
  }
}

const WARNING =
  'Beware of regression to the mean: plays start when a score is unusually low (or high), and such scores tend to recover on their own. Only the difference from similar accounts (same day, band and trend, within 5 points) means anything, and it does not prove a cause.'

function itemOf({ label, begun, runs, matched, compared, withPlay, without }: ShownPlay): Item {
  const count = begun === 1 ? 'started once' : `started ${begun} times`
  if (runs < FEWEST_RUNS || withPlay === undefined) {
    const note = `Too few to conclude anything: ${runs} of at least ${FEWEST_RUNS} have 30 days behind them.`
    return { lead: label, text: count, note }
  }
  const counted = matched === 0 || matched === runs ? `${runs} runs` : `${matched} of ${runs} runs`
  const own = `Median change with the play ${signedText(withPlay)} (${counted})`
  const others =
    without === undefined || compared < FEWEST_RUNS || matched < FEWEST_RUNS
      ? `too few similar accounts without one to compare with (${compared})`
      : `without ${signedText(without)} (${compared} similar accounts)`
  return { lead: label, text: count, note: `${own}, ${others}.` }
}

function signedText(points: number): string {
  const rounded = Math.round(points * 10) / 10
  return rounded > 0 ? `+${rounded}` : String(rounded)
}
