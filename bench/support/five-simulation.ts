import { type Candidate, yourFive } from '../../src/domain/home/your-five.ts'
import { bandOf, population, randomOf } from './noise-population.ts'

const OWNERS = 10
const FIRST_DAY = 60
const DAYS = 90
const HEALTHY = 70
/** A contact counts that comes so many days before somebody leaves. */
export type InTime = { readonly most: number; readonly least: number }
const MOST = 5

/** Of those who left: how many there were and were found, and the same in ARR. */
export type Recall = Readonly<Record<'left' | 'five' | 'band' | 'arr' | 'fiveArr' | 'bandArr' | 'contacts', number>>

type Customer = {
  readonly id: string
  readonly series: readonly number[]
  readonly arr: number
  readonly renewsOn: number
  readonly leavesOn?: number
}

/** 90 mornings of ten owners: how many of those who leave are contacted in time, by the five and by going by band. */
export function simulateFive(seed: number, whoLeaves: 'decline' | 'outcomes', inTime: InTime): Recall {
  const customers = customersOf(seed, whoLeaves)
  const contacted = { five: new Set<string>(), band: new Set<string>() }
  let contacts = 0
  for (let day = FIRST_DAY; day < FIRST_DAY + DAYS; day += 1) {
    for (let owner = 0; owner < OWNERS; owner += 1) {
      const book = customers.filter(({ leavesOn }, at) => at % OWNERS === owner && (leavesOn ?? day) >= day)
      const five = yourFive(
        book.map(customer => candidateOf(customer, day)),
        1,
        MOST,
      ).chosen
      const byBand = book
        .map(({ id, series }) => ({ id, score: Math.round(series[day] ?? 0) }))
        .sort((a, b) => bandOf(a.score) - bandOf(b.score) || a.score - b.score)
        .slice(0, five.length)
      contacts += five.length
      note(contacted.five, five, day)
      note(contacted.band, byBand, day)
    }
  }
  const left = customers.filter(({ leavesOn = 0 }) => leavesOn > FIRST_DAY && leavesOn < FIRST_DAY + DAYS)
  const arrOf = (some: readonly Customer[]) => some.reduce((sum, { arr }) => sum + arr, 0)
  const [five, band] = [contacted.five, contacted.band].map(ids => left.filter(({ id }) => ids.has(id)))
  return {
    ...{ left: left.length, five: five?.length ?? 0, band: band?.length ?? 0, contacts },
    ...{ arr: arrOf(left), fiveArr: arrOf(five ?? []), bandArr: arrOf(band ?? []) },
  }

  /** Notes whom a contact of that day reached in time. */
  function note(into: Set<string>, chosen: readonly { readonly id: string }[], day: number): void {
    for (const { id } of chosen) {
      const leavesOn = customers.find(customer => customer.id === id)?.leavesOn
      const ahead = leavesOn === undefined ? -1 : leavesOn - day
      if (ahead >= inTime.least && ahead <= inTime.most) into.add(id)
    }
  }
}

function candidateOf({ id, series, arr, renewsOn }: Customer, day: number): Candidate {
  const shown = Math.round(series[day] ?? 0)
  const daysToRenewal = renewsOn < day ? renewsOn + 365 - day : renewsOn - day
  return { id, arr, shown, daysToRenewal, healthyFrom: HEALTHY, hasAlert: bandOf(shown) === 0 }
}

/** Those who decline leave at the renewal after it; or anybody at their renewal, the likelier the lower they stand. */
function customersOf(seed: number, whoLeaves: 'decline' | 'outcomes'): Customer[] {
  const random = randomOf(seed + 500)
  return population(seed).map(({ series, declinesOn }, index) => {
    const renewsOn = declinesOn === undefined ? Math.floor(random() * 365) : declinesOn + 35
    const arr = Math.round(1_000 * Math.exp(4 * random()))
    const below = Math.max(0, HEALTHY - (series[renewsOn] ?? HEALTHY)) / 100
    const leaves = whoLeaves === 'decline' ? declinesOn !== undefined : random() < below
    return { id: `account-${index}`, series, arr, renewsOn, ...(leaves && { leavesOn: renewsOn }) }
  })
}
