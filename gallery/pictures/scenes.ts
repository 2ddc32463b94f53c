import { cardOf, openDemoDoor } from '../../tests/support/demo-door.ts'
import type { SlackWindow } from './slack-window.ts'
import type { TeamsWindow } from './teams-window.ts'

/** The one whose morning it is. */
const READER = 'ben@example.com'
const ONLY = 'Only visible to you'

export type Scenes = {
  /** By the picture's name, in the order of a morning. */
  readonly slack: Readonly<Record<string, readonly SlackWindow[]>>
  readonly teams: readonly TeamsWindow[]
}

/** A morning of somebody who owns accounts, on the demo's world: every card is what the product answers. */
export async function morningScenes(): Promise<Scenes> {
  const demo = await openDemoDoor(undefined, READER)
  const ask = async (words: string) => cardOf(await demo.ask(words))
  const [home, account, alerts] = [await ask('home'), await ask('acme'), await ask('alerts')]
  const [pulses, list, digest] = [await ask('pulses'), await ask('list'), await ask('digest now morning')]
  await demo.close()
  const window = (heading: string, card: typeof home, time: string) => [
    { heading, messages: [{ card, time, only: ONLY }] },
  ]
  return {
    slack: {
      'morning-home': [{ heading: 'Rounds · Home', isHome: true, messages: [{ card: home, time: '' }] }],
      'morning-account': window('/health acme', account, '8:02 AM'),
      'morning-alerts': window('/health alerts', alerts, '8:05 AM'),
      'morning-pulses': window('/health pulses', pulses, '8:10 AM'),
      portfolio: window('/health list', list, '8:15 AM'),
    },
    teams: [
      { heading: 'customer-health', card: digest },
      { heading: 'health acme', card: account },
    ],
  }
}
