import { DAY } from '../../src/domain/time/instant.ts'
import type { AccountRow } from '../../src/store/accounts/account-change.ts'
import { dice } from './dice.ts'
import { MORNING } from './signals.ts'

const CONSONANTS = 'b c d f g h j k l m n p r s t v w z br ch cl dr fl gr kr pl qu sch sh sk sl sp st th tr'.split(' ')
const VOWELS = 'a e i o u a e i o ai au ea ei ia io ou'.split(' ')
const CODAS = ['', '', '', 'l', 'm', 'n', 'r', 's', 't', 'x', 'ck', 'ld', 'nd', 'rd', 'rn', 'st']
const SECTORS =
  'Analytics Bank Bikes Brewery Capital Care Clinics Cloud Consulting Cycles Dental Design Energy Farms Films Foods Freight Furniture Games Gardens Glass Group Health Holding Homes Hotels Insurance Labs Legal Logistics Marine Media Metals Mills Mobility Motors Networks Optics Paper Partners Pharma Pumps Rail Retail Robotics Schools Security Shipping Software Solar Steel Studios Systems Textiles Timber Tools Toys Travel Wind Works'.split(
    ' ',
  )

/** The made-up customers, each with a name of its own: "Trauvesh Logistics 2" for those that come late. */
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

/** Two or three syllables, and what it does: "Trauvesh Logistics". */
function madeUpName(at: number): string {
  const pick = (words: readonly string[], which: number) => words[Math.floor(dice(at, which) * words.length)] ?? ''
  const syllables = Array.from(
    { length: dice(at, 10) < 0.5 ? 2 : 3 },
    (_, n) => `${pick(CONSONANTS, 11 + 3 * n)}${pick(VOWELS, 12 + 3 * n)}${pick(CODAS, 13 + 3 * n)}`,
  )
  const stem = syllables.join('')
  return `${stem.charAt(0).toUpperCase()}${stem.slice(1)} ${pick(SECTORS, 30)}`
}

function dayAfter(days: number): string {
  return new Date(MORNING + days * DAY).toISOString().slice(0, 10)
}
