import { DAY } from '../../src/domain/time/instant.ts'
import type { AccountRow } from '../../src/store/accounts/accounts.ts'
import { dice } from './dice.ts'
import { MORNING } from './signals.ts'

const OPENINGS =
  'ar bel cor dan el fen gal hol in jor kel lum mar nor or pel quin ros sil tam ul vor wes yar zen'.split(' ')
const MIDDLES = 'a ado an ari ed eli en era i ido il in o ola on ori u una ur vi'.split(' ')
const CLOSINGS = 'bach bridge burg dale dor ford gate hart land mark mont nik ria rix son stad tec ton vale xis'.split(
  ' ',
)
const SECTORS =
  'Analytics Bank Capital Clinics Cloud Energy Farms Foods Freight Games Health Hotels Insurance Labs Legal Logistics Media Mobility Networks Pharma Retail Robotics Schools Software Travel'.split(
    ' ',
  )

/** The made-up customers, each with a name of its own: "Belarimont Logistics 3" for those that come late. */
export function listedAccounts(accounts: number): AccountRow[] {
  const taken = new Map<string, number>()
  return Array.from({ length: accounts }, (_, at) => {
    const made = madeUpName(at)
    const before = taken.get(made) ?? 0
    taken.set(made, before + 1)
    return {
      id: `account-${at + 1}`,
      name: before === 0 ? made : `${made} ${before + 1}`,
      attributes: new Map([
        ['segment', at % 3 === 0 ? 'enterprise' : 'mid'],
        ['owner', ownerOf(at, accounts)],
        ['arr', `${1_000 * Math.ceil(200 * dice(at, 1))}`],
        ['renewal_on', dayAfter(Math.floor(365 * dice(at, 2)))],
        ['lifecycle', dice(at, 3) < 0.02 ? 'churned' : 'active'],
        ['domain', `customer-${at}.example`],
      ]),
    }
  })
}

/** A hundred accounts each. */
export function ownerOf(at: number, accounts: number): string {
  return `csm-${at % Math.ceil(accounts / 100)}@ours.example`
}

function madeUpName(at: number): string {
  const pick = (words: readonly string[], which: number) => words[Math.floor(dice(at, which) * words.length)] ?? ''
  const stem = `${pick(OPENINGS, 11)}${pick(MIDDLES, 12)}${dice(at, 13) < 0.5 ? pick(MIDDLES, 14) : ''}${pick(CLOSINGS, 15)}`
  return `${stem.charAt(0).toUpperCase()}${stem.slice(1)} ${pick(SECTORS, 16)}`
}

function dayAfter(days: number): string {
  return new Date(MORNING + days * DAY).toISOString().slice(0, 10)
}
