import type { AttributeValue } from '../../domain/accounts/account.ts'
import { attributeFactOrNone, type Period, sortedAttributes } from '../../domain/briefs/attribute-facts.ts'
import type { Brief } from '../../domain/briefs/brief.ts'
import type { Model } from '../../domain/model/model.ts'
import { reachOf } from '../../domain/scoring/reach.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { storedChancesOrNone } from '../../store/outcomes/study-marks.ts'
import { knownPersonOrNone } from '../../store/people/leavers.ts'
import { readAttributes } from '../../store/scoring/attributes.ts'
import type { Db } from '../../store/tables.ts'
import type { CheckedAccount } from '../accounts/check-account.ts'
import { shownChance } from '../outcomes/shown-chance.ts'

/** What an account's data says of its people and its money, each with since when it says so. */
export async function moneyAndPeople(
  db: Db,
  model: Model,
  checked: CheckedAccount,
  period: Period,
): Promise<Pick<Brief, 'people' | 'money'>> {
  const values = (await readAttributes(db, [checked.key])).get(checked.key) ?? new Map<string, AttributeValue[]>()
  const fact = (name: string) => attributeFactOrNone(name, values.get(name) ?? [], period)
  const { people, money } = sortedAttributes([...values.keys()], reachOf([model], period.until).attributes)
  const [owner, arr, renewalOn] = [fact('owner'), fact('arr'), fact('renewal_on')]
  const currency = fact('currency')?.value
  const manager = owner && (await knownPersonOrNone(db, owner.value))?.manager
  const chance = await chanceOrNone(db, model, checked, period)
  return {
    people: {
      ...(owner !== undefined && { owner }),
      ...(manager !== undefined && { manager }),
      known: people.flatMap(name => fact(name) ?? []),
    },
    money: {
      ...(arr !== undefined && { arr }),
      ...(currency !== undefined && { currency }),
      ...(renewalOn !== undefined && { renewalOn }),
      terms: money.flatMap(name => fact(name) ?? []),
      ...(chance !== undefined && { chance }),
    },
  }
}

async function chanceOrNone(
  db: Db,
  { version }: Model,
  { key, health }: CheckedAccount,
  { until }: Period,
): Promise<Brief['money']['chance']> {
  if ((await retirementOrNone(db, key)) !== undefined) return undefined
  const kept = await storedChancesOrNone(db)
  const { chance } = shownChance(kept, version, until, health.now.score?.value)
  return chance && { ...chance, outcomes: kept?.fit.outcomes ?? 0 }
}
