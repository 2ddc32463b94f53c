// Turns the five tables of RavenStack into the two files that Rounds imports. What is odd is counted on stderr.
//   node examples/ravenstack/convert.mjs IN_DIR OUT_DIR
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { isoTime, numberIn, oddities, seatsOverTime } from './read.mjs'

/** @typedef {Record<string, string>} Row a row of a table, its cells by column */

const [, , input, output] = process.argv
if (input === undefined || output === undefined) {
  console.error('Write: node examples/ravenstack/convert.mjs IN_DIR OUT_DIR')
  process.exit(64)
}

const odd = oddities()
const accounts = table('ravenstack_accounts.csv')
const subscriptions = table('ravenstack_subscriptions.csv')
const usage = table('ravenstack_feature_usage.csv')
// The spreadsheet's copy has its own name for this one.
const tickets = table('ravenstack_support_tickets.csv', 'ravenstack_supports_ticket.csv')
const churn = table('ravenstack_churn_events.csv')

const signUps = new Map(accounts.map(row => [row.account_id, isoTime(row.signup_date)]))
const subscriptionsById = new Map(subscriptions.map(row => [row.subscription_id, row]))
noteContradictions()

const signals = [...seatSignals(), ...usageSignals(), ...ticketSignals()]
mkdirSync(output, { recursive: true })
write('accounts.csv', accounts.map(accountRow))
write('signals.csv', signals)
for (const sentence of odd.sentences()) console.error(sentence)
console.error(`${accounts.length} accounts and ${signals.length} signals are in ${output}.`)

/** @param {string[]} names @returns {Row[]} */
function table(...names) {
  const path = names.map(name => join(input, name)).find(existsSync)
  if (path === undefined) {
    console.error(`There is no ${names.join(' or ')} in ${input}.`)
    process.exit(1)
  }
  return Papa.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true }).data
}

/** @param {string} name @param {object[]} rows */
function write(name, rows) {
  writeFileSync(join(output, name), `${Papa.unparse(rows, { newline: '\n' })}\n`)
}

/** The churn flags are left out: they are what a score is to foretell. @param {Row} row */
function accountRow(row) {
  const active = subscriptions.filter(({ account_id, end_date }) => account_id === row.account_id && end_date === '')
  return {
    id: row.account_id,
    name: row.account_name,
    segment: row.plan_tier.toLowerCase(),
    arr: active.reduce((sum, { arr_amount }) => sum + (numberIn(arr_amount) ?? 0), 0),
    created_on: isoTime(row.signup_date)?.slice(0, 10) ?? '',
    lifecycle: row.is_trial.toLowerCase() === 'true' ? 'trial' : 'customer',
    industry: row.industry,
    country: row.country,
    referral_source: row.referral_source,
    seats_at_signup: numberIn(row.seats) ?? '',
  }
}

/** Seats under contract, each time that a subscription starts or ends. */
function seatSignals() {
  return accounts.flatMap(({ account_id: id }) => {
    const own = subscriptions.filter(({ account_id }) => account_id === id)
    return seatsOverTime(own).map(({ at, seats }) => signal(id, 'seats', seats, at, 'subscriptions', ''))
  })
}

/** Usage hangs on a subscription, and that on an account. */
function usageSignals() {
  /** @type {Map<string, number>} */
  const met = new Map()
  return usage.flatMap(row => {
    const subscription = subscriptionsById.get(row.subscription_id)
    const at = isoTime(row.usage_date)
    if (subscription === undefined || at === undefined) {
      odd.note('usage rows without a subscription or a date were left out')
      return []
    }
    const { account_id: account, start_date, end_date } = subscription
    if (at < (signUps.get(account) ?? '')) odd.note('usage rows are dated before their account signed up; kept')
    if (at < (isoTime(start_date) ?? '') || at > (isoTime(end_date) ?? '9')) {
      odd.note('usage rows are dated outside of their subscription; kept')
    }
    const times = (met.get(row.usage_id) ?? 0) + 1
    met.set(row.usage_id, times)
    if (times > 1) odd.note('usage ids stand a second time, for another use; kept apart as ID.2')
    const id = times === 1 ? row.usage_id : `${row.usage_id}.${times}`
    return [
      signal(account, 'key_feature_uses', row.usage_count, at, 'usage', id),
      signal(account, 'usage_seconds', row.usage_duration_secs, at, 'usage', id),
      signal(account, 'errors', row.error_count, at, 'usage', id),
    ].filter(({ value }) => value !== undefined)
  })
}

function ticketSignals() {
  return tickets.flatMap(row => {
    const { account_id: account, ticket_id: id } = row
    const [opened, closed] = [isoTime(row.submitted_at), isoTime(row.closed_at)]
    if (opened === undefined) {
      odd.note('tickets without a date were left out')
      return []
    }
    if (opened < (signUps.get(account) ?? '')) odd.note('tickets are dated before their account signed up; kept')
    if (row.satisfaction_score === '') odd.note('tickets were closed without a satisfaction score')
    const atClosing = [
      // How content somebody was is known when the ticket is closed, not when it is opened.
      signal(account, 'csat', row.satisfaction_score, closed, 'tickets', id),
      signal(account, 'resolution_hours', row.resolution_time_hours, closed, 'tickets', id),
      signal(account, 'first_response_minutes', row.first_response_time_minutes, closed, 'tickets', id),
    ]
    const isEscalated = row.escalation_flag.toLowerCase() === 'true'
    return [
      signal(account, 'tickets_opened', 1, opened, 'tickets', id),
      ...(isEscalated ? [signal(account, 'escalations', 1, opened, 'tickets', id)] : []),
      ...atClosing.filter(({ value, observed_at }) => value !== undefined && observed_at !== undefined),
    ]
  })
}

/**
 * @param {string} account_id @param {string} metric @param {string | number} value
 * @param {string | undefined} observed_at @param {string} source @param {string} id
 */
function signal(account_id, metric, value, observed_at, source, id) {
  return { account_id, metric, value: numberIn(String(value)), observed_at, source, id }
}

function noteContradictions() {
  const churned = new Set(churn.map(({ account_id }) => account_id))
  for (const { account_id, churn_flag } of accounts) {
    const isFlagged = churn_flag.toLowerCase() === 'true'
    if (isFlagged !== churned.has(account_id)) odd.note('accounts have a churn flag that their churn events contradict')
  }
  for (const { is_reactivation } of churn) {
    if (is_reactivation.toLowerCase() === 'true') odd.note('churn events are reactivations')
  }
  odd.note('churn events were left out: Rounds imports outcomes later', churn.length)
}
