import type { ChatDriver, Person, Post, Room } from './chat-driver.ts'
import { SMALL_MODEL, signalsOf } from './small-model.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** What an account of the contract's company is called to hurt the person who shows it. */
export const HOSTILE_NAME =
  '<!channel> <at>everyone</at> [pay](https://evil.example) **x** _y_ {{DATE(2026-11-02T08:00:00Z,SHORT)}} $\u007btitle}'

export type Stage = {
  readonly world: World
  readonly driver: ChatDriver
  readonly dana: Person
  readonly eve: Person
  readonly boss: Person
  readonly room: Room
  /** Asks the bot alone, and gives what it says. */
  answerTo(person: Person, words: string): Promise<Post>
  /** The next thing somebody reads alone once `act` is done. */
  nextInPrivate(person: Person, act: () => Promise<unknown>): Promise<Post>
  nextInRoom(act: () => Promise<unknown>): Promise<Post>
}

/** Two CSMs, an admin and a room; three accounts as of 1 November, one of them called badly. Not started yet. */
export async function createStage(world: World, driver: ChatDriver): Promise<Stage> {
  const [dana, eve, boss] = ['Dana', 'Eve', 'Boss'].map(driver.person) as [Person, Person, Person]
  const room = driver.room('cs')
  world.writeSettings({ 'model.yaml': SMALL_MODEL })
  await world.has({
    people: [csm(dana), csm(eve), { ...csm(boss), role: 'admin' }],
    accounts: [
      { id: 'acme', name: 'Acme', owner: dana.email, arr: '240000', renewal_on: '2027-12-02' },
      { id: 'acme-labs', name: 'Acme Labs', owner: dana.email },
      { id: 'evil', name: HOSTILE_NAME, owner: eve.email },
    ],
    signals: [...signalsOf('acme', 36, '2026-10-01'), ...signalsOf('evil', 36, '2026-10-01')],
  })

  const next = async (posts: () => readonly Post[], act: () => Promise<unknown>): Promise<Post> => {
    const before = posts().length
    await act()
    return until(() => posts().at(before))
  }
  const nextInPrivate: Stage['nextInPrivate'] = (person, act) => next(() => driver.inPrivate(person), act)
  return {
    world,
    driver,
    dana,
    eve,
    boss,
    room,
    nextInPrivate,
    nextInRoom: act => next(() => driver.inRoom(room), act),
    answerTo: (person, words) => nextInPrivate(person, () => driver.ask(person, words)),
  }
}

export function csm({ name, email }: Person) {
  return { name, email, role: 'csm' }
}
