import { ownerOf } from './support/accounts.ts'
import { openBenchDoor } from './support/door.ts'
import { alternate, type Cost } from './support/measure.ts'
import { openPortfolio } from './support/portfolio.ts'
import { atMost, report } from './support/report.ts'

const ASKED = 20
const QUESTIONS = { whole: 'list', band: 'list at-risk', falling: 'list falling', retired: 'list retired', own: '' }

const small = await costs(10_000)
const large = await costs(100_000)
const names = Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]
const growth = names.map(name => large[name].cpu / small[name].cpu)

report({
  bench: 'list',
  what: "`/health list`, a band, the falling, the retired and one's own, through the door: 100,000 accounts against 10,000, the one that grows most; and its time on the event loop.",
  ratio: Math.max(...growth),
  goal: atMost(1.25),
  also: [{ name: 'worst_ms', value: Math.max(...names.map(name => large[name].cpu / ASKED)), goal: atMost(10) }],
  details: Object.fromEntries(
    names.flatMap(name => [
      [`${name}_ms`, large[name].cpu / ASKED],
      [`${name}_10k_ms`, small[name].cpu / ASKED],
    ]),
  ),
})

async function costs(accounts: number): Promise<Record<keyof typeof QUESTIONS, Cost>> {
  const { connection, end } = await openPortfolio({ accounts, days: 0, spacing: 1 }, { isMadeUp: true })
  const ask = openBenchDoor(connection, ownerOf(0, accounts))
  const asking = (text: string) => async () => {
    for (let n = 0; n < ASKED; n += 1) {
      const reply = await ask(text)
      if (reply.kind !== 'card') throw new Error(`"${text}" was answered with ${JSON.stringify(reply)}`)
    }
  }
  const contestants = Object.entries(QUESTIONS).map(([name, text]) => [name, asking(text)] as const)
  const found = await alternate(Object.fromEntries(contestants) as Record<keyof typeof QUESTIONS, () => Promise<void>>)
  await end()
  return found
}
