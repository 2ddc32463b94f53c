import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recognize } from '../../src/ingest/proposal/recognize.ts'
import { openTable } from '../../src/ingest/tables/open-table.ts'
import { checkMapping, mappingIn } from '../../src/model/mapping/check-mapping.ts'
import { builtInNames, builtInText } from '../../src/model/mapping/find-mapping.ts'
import { OBSERVED_AT } from '../../src/store/engine/signals/signal-times.ts'
import { type Bench, setUpImport } from '../support/csv-import.ts'

const EXPORTS = join(import.meta.dirname, 'exports')

let bench: Bench

/** The customers that the exports speak of, as a CRM knows them. */
const ACCOUNTS =
  'id,name,domain\n501,Larkspur Mills,larkspurmills.test\n502,Quillon Rail,quillonrail.test\n503,Perrin & Søn,perrin.test\n'

beforeEach(async () => {
  bench = await setUpImport()
  bench.now = Date.UTC(2026, 10, 20, 12)
  await bench.import('people', bench.file('p.csv', 'email,name,role\nnoor@us.test,Noor Haddad,csm\n'))
})

afterEach(() => bench.end())

const exported = (name: string) => join(EXPORTS, readdirSync(EXPORTS).find(file => file.startsWith(`${name}.`)) ?? name)
const known = () => bench.import('accounts', bench.file('a.csv', ACCOUNTS))

/** Loads an export by the mapping of its name, twice, from a folder where rejects may be written. */
async function load(name: string, ...more: string[]) {
  const path = exported(name)
  const copy = bench.file(path.slice(path.lastIndexOf('/') + 1).replace('.', '-2026-11-18.'), readFileSync(path))
  const { stdout } = await bench.import(copy, '--map', name, '--json', ...more)
  const again = JSON.parse((await bench.import(copy, '--map', name, '--json', ...more)).stdout)
  expect(again).toMatchObject({ added: 0, changed: 0 })
  return JSON.parse(stdout)
}

const signals = (metric: string) =>
  bench.rows(
    `select a.id, strftime('%m-%d', ${OBSERVED_AT} / 1000, 'unixepoch'), round(value, 2) from signals
     join accounts a on a.key = account join metrics m on m.key = metric where m.name = '${metric}' order by 1, 2, 3`,
  )
const attribute = (name: string) =>
  bench.rows(
    `select id, value from account_attributes join accounts on key = account where attribute = '${name}' order by 1`,
  )
const comments = () =>
  bench.rows('select accounts.id, text from comments join accounts on key = account order by observed_at')
const outcomes = () =>
  bench.rows('select accounts.id, kind, on_day, arr from outcomes join accounts on key = account order by 3, 2')

describe('every mapping that comes with Rounds', () => {
  it.each(builtInNames())('%s is sound, and is recognized by what its export has', async name => {
    const { errors } = checkMapping(builtInText(name))
    const { label } = mappingIn(name, builtInText(name))

    const table = await openTable(sourceOf(exported(name)))

    expect(errors).toEqual([])
    expect(recognize(table.columns)?.label).toBe(label)
  })
})

const sourceOf = (path: string) => ({ name: path, again: () => createReadStream(path) })

describe('what an export becomes', () => {
  it('hubspot-companies', async () => {
    const report = await load('hubspot-companies')

    expect(report).toMatchObject({ read: 3, added: 3, rejected: 0 })
    expect(report.notes.map(({ example }: { example: string }) => example)).toContain(
      'customers: {attribute: lifecycle, one_of: [customer, evangelist]}',
    )
    expect(attribute('owner')).toEqual(['501|noor@us.test', '502|sam idle', '503|noor@us.test'])
    expect(attribute('arr')).toEqual(['501|48000', '503|12500.5'])
    expect(attribute('lifecycle')).toEqual(['501|customer', '502|lead', '503|customer'])
    expect(attribute('renewal_on')).toEqual(['501|2027-03-31', '503|2026-12-31'])
    expect(attribute('employees')).toEqual(['501|1240', '502|80', '503|310'])
  })

  it('hubspot-deals: renewals that were won and lost, and what customers bought or asked for', async () => {
    await known()

    const report = await load('hubspot-deals')

    expect(report).toMatchObject({ read: 5, rejected: 1 })
    expect(outcomes()).toEqual([
      '501|renewed|2026-03-31|48000',
      '501|expanded|2026-09-20|',
      '503|churned|2026-10-01|12500.5',
    ])
    expect(signals('addon_inquiries')).toEqual(['501|08-15|1'])
  })

  it('hubspot-notes, of companies by id or by a name that is spelled otherwise', async () => {
    await known()

    expect(await load('hubspot-notes')).toMatchObject({ read: 2, added: 2, rejected: 0 })
    expect(comments()).toEqual(['501|<p>They love the new planner.</p>', '503|Disappointed with support, "again".'])
  })

  it('salesforce-accounts, without the footer of the report', async () => {
    const report = await load('salesforce-accounts')

    expect(report).toMatchObject({ read: 3, added: 3, rejected: 0 })
    expect(report.notes).toContainEqual(expect.objectContaining({ kind: 'footer', count: 4 }))
    expect(attribute('arr')).toEqual(['001A|48000', '001C|12500.5'])
    expect(attribute('renewal_on')).toEqual(['001A|2027-03-31', '001C|2026-12-31'])
    expect(attribute('owner')).toEqual(['001A|noor@us.test', '001B|sam idle', '001C|noor@us.test'])
    expect(attribute('domain')).toEqual(['001A|larkspurmills.test', '001B|quillonrail.test', '001C|perrin.test'])
  })

  it('salesforce-opportunities', async () => {
    await known()

    expect(await load('salesforce-opportunities')).toMatchObject({ read: 3, rejected: 0 })
    expect(outcomes()).toEqual(['501|renewed|2026-03-31|48000', '503|churned|2026-10-01|12500.5'])
    expect(signals('addon_inquiries')).toEqual(['501|11-03|1'])
  })

  it('zendesk-tickets, of organizations and of addresses at the company', async () => {
    await known()

    const report = await load('zendesk-tickets')

    expect(report).toMatchObject({ read: 4, rejected: 1 })
    expect(signals('tickets_opened')).toEqual(['501|11-01|1', '501|11-10|1', '503|11-12|1'])
    expect(signals('escalations')).toEqual(['501|11-01|1'])
    expect(signals('csat')).toEqual(['501|11-02|1', '503|11-12|5'])
    expect(signals('first_response_hours')).toEqual(['501|11-01|1.5', '503|11-12|0.5'])
    expect(signals('tickets_open')).toEqual(['501|11-18|1', '503|11-18|0'])
    expect(comments()).toEqual(['501|Took far too long'])
  })

  it('intercom-conversations, as the API gives them', async () => {
    await known()

    expect(await load('intercom-conversations')).toMatchObject({ read: 2, rejected: 0 })
    expect(bench.rows('select count(*) from signals')).toEqual(['8'])
    expect(signals('first_response_hours').map(row => String(row).split('|')[2])).toEqual(['1.5', '0.17'])
    expect(signals('tickets_open')).toEqual(['501|11-18|1', '503|11-18|0'])
    expect(comments()).toEqual(['501|Slow answer'])
  })

  it('stripe-customers, which tie the invoices to accounts; days past due are of the day of the file', async () => {
    await known()

    expect(await load('stripe-customers')).toMatchObject({ read: 3, changed: 2, rejected: 1 })
    expect(attribute('stripe_customer')).toEqual(['501|cus_L', '503|cus_P'])
    expect(await load('stripe-invoices')).toMatchObject({ read: 4, rejected: 0 })
    expect(signals('days_past_due')).toEqual(['501|11-18|0', '503|11-18|64'])
  })

  it('stripe-subscriptions, joined with the customers for their addresses', async () => {
    await known()

    const report = await load('stripe-subscriptions', '--with', exported('stripe-customers'))

    expect(report).toMatchObject({ read: 3, rejected: 0 })
    expect(signals('seats')).toEqual(['501|11-18|42'])
    expect(attribute('renewal_on')).toEqual(['501|2027-02-01'])
    expect(outcomes()).toEqual(['503|churned|2026-11-05|'])
  })

  it('segment-events: users of seven days, once the file covers seven', async () => {
    await known()

    expect(await load('segment-events')).toMatchObject({ read: 32, rejected: 0 })
    expect(signals('active_users')).toEqual(['501|11-07|2', '501|11-08|2', '501|11-09|2'])
    expect(signals('logins')).toHaveLength(9)
    expect(signals('key_feature_uses').slice(4, 6)).toEqual(['501|11-05|2', '501|11-06|1'])
  })

  it('posthog-events, of the domain of an address, without what is recorded by itself', async () => {
    await known()

    expect(await load('posthog-events')).toMatchObject({ read: 27, rejected: 0 })
    expect(signals('active_users')).toEqual(['503|11-07|2', '503|11-08|2', '503|11-09|2'])
    expect(signals('logins')).toHaveLength(9)
  })

  it('nps-responses; a private mailbox belongs to nobody', async () => {
    await known()

    const report = await load('nps-responses')

    expect(report).toMatchObject({ read: 3, rejected: 1 })
    expect(signals('nps')).toEqual(['501|10-02|9', '503|10-03|3'])
    expect(comments()).toEqual(['501|Great planner, thank you'])
  })

  it('planhat-activity', async () => {
    await known()

    const report = await load('planhat-activity')

    expect(report).toMatchObject({ read: 3, rejected: 0 })
    expect(signals('logins')).toEqual(['501|11-20|3'])
    expect(signals('key_feature_uses')).toEqual(['501|11-20|5'])
    expect(report.notes.map(({ text }: { text: string }) => text)).toContain(
      'active_users: The file covers 1 day; counting over 7 days needs as many, so nothing was counted.',
    )
  })

  it('usage-daily, a column for each figure', async () => {
    await known()

    expect(await load('usage-daily')).toMatchObject({ read: 6, added: 15, rejected: 0 })
    expect(signals('active_users')).toEqual([
      '501|11-01|21',
      '501|11-02|22',
      '501|11-03|23',
      '503|11-01|3',
      '503|11-02|3',
      '503|11-03|3',
    ])
    expect(signals('seats')).toHaveLength(3)
  })
})
