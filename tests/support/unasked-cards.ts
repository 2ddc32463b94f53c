import { seenAccount } from '../../src/chat/accounts/seen-account.ts'
import type { AlertDetails } from '../../src/domain/alerts/alert-details.ts'
import { leadingFirst } from '../../src/domain/alerts/together.ts'
import { groupedBy } from '../../src/domain/grouped.ts'
import type { Model } from '../../src/domain/model/model.ts'
import type { Floor } from '../../src/domain/outcomes/trust/trust.ts'
import type { Task } from '../../src/domain/playbooks/task.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { unresolvedAlertDetails } from '../../src/store/alerts/alert-details.ts'
import { readTasks } from '../../src/store/playbooks/tasks.ts'
import { type PortfolioLine, readPortfolio } from '../../src/store/portfolio/portfolio.ts'
import { newestTransitions } from '../../src/store/scoring/transitions.ts'
import { brokenDestinationCard } from '../../src/views/admin/broken-destination-card.ts'
import { channelWelcomeCard, welcomeCard } from '../../src/views/admin/welcome-card.ts'
import { alertActCard } from '../../src/views/alerts/alert-act-card.ts'
import { alertDoneCard, alertStandsCard } from '../../src/views/alerts/alert-answer.ts'
import { alertCard, withheldCard } from '../../src/views/alerts/alert-card.ts'
import { mutedRuleCard } from '../../src/views/alerts/precision-card.ts'
import { newOwnerCard, releasedCard } from '../../src/views/alerts/released-card.ts'
import { briefSentCard } from '../../src/views/briefs/brief-sent-card.ts'
import type { Card } from '../../src/views/card.ts'
import { linkCard } from '../../src/views/links/link-card.ts'
import { meetingsCard } from '../../src/views/meetings/meetings-card.ts'
import { unreadFeedCard } from '../../src/views/meetings/unread-feed-card.ts'
import { calibrationCard } from '../../src/views/outcomes/calibration-card.ts'
import { askAgainCard, cancelledCard, progressCard } from '../../src/views/outcomes/progress-card.ts'
import { reviewCard, type ShownReview } from '../../src/views/outcomes/review-card.ts'
import { choiceCard, noAccountCard } from '../../src/views/parts/answer-cards.ts'
import { refusalCard, sharedPlaceCard } from '../../src/views/parts/refusal-card.ts'
import { manyRunsCard } from '../../src/views/playbooks/many-runs-card.ts'
import { manyOverdueCard, manyUnclaimedCard } from '../../src/views/playbooks/many-waiting-card.ts'
import { changedTaskCard, unchangedTaskCard } from '../../src/views/playbooks/task-answers.ts'
import { oneTaskCard, runCard } from '../../src/views/playbooks/task-card.ts'
import { movedCard } from '../../src/views/portfolio/moved-card.ts'
import { portfolioCard } from '../../src/views/portfolio/portfolio-card.ts'
import { pulsesCard, type ShownPulse } from '../../src/views/pulses/pulses-card.ts'
import { importedCard, type SeenFile, sentFileCard } from '../../src/views/sources/sent-file-card.ts'
import { silentSourceCard } from '../../src/views/sources/silent-source-card.ts'
import { unplacedCard } from '../../src/views/sources/unplaced-card.ts'
import type { DemoDoor } from './demo-door.ts'
import { fullMorning } from './full-morning.ts'

const IN_A_CHANNEL = {
  actor: { platform: 'teams', userId: 'u1' },
  channel: 'cs',
  isPrivate: false,
  timeZone: 'UTC',
}

const SENT = { isFile: true, address: 'https://example.com/docs/T1/F1', faults: [] }

/** The cards that no command shows: what is sent by itself, and what answers a change, about the same accounts. */
export async function unaskedCards({ context }: DemoDoor): Promise<Map<string, Card>> {
  const { connection, settings, clock } = context
  const { model } = settings
  const now = clock()
  const alerts = await unresolvedAlertDetails(connection.db, now)
  const tasks = await readTasks(connection.db, {})
  const [alert, task] = [firstOf(alerts), firstOf(tasks)]
  const lines = await readPortfolio(connection.db, now)
  const { account } = alert
  const done: Task = { ...task, state: 'done', note: 'They called back.' }
  const claimed: AlertDetails = { ...alert, state: 'claimed', claimedBy: 'ana@example.com', claimedAt: now }
  const ended: AlertDetails = {
    ...claimed,
    ...{
      state: 'resolved',
      resolvedBy: 'ana@example.com',
      resolvedAt: now,
      resolution: 'They had a holiday.',
      undo: 'u1',
    },
  }
  const rule = firstOf(model.alerts)
  const precision = { useful: 5, known: 2, wrong: 4, unanswered: 3, precision: 5 / 9 }
  const run = { label: 'Save the renewal', account }
  return new Map<string, Card>([
    ['welcome, nothing set up', welcomeCard({ accounts: 0, model: model.name, digests: [], hasRoutes: false })],
    ['welcome, in a channel', channelWelcomeCard({ digests: ['morning'] })],
    ['welcome, in a shared channel', sharedPlaceCard()],
    ['refused: a guest', refusalCard('guest')],
    ['several accounts by one name', choiceCard(account.name, [account, account], 'show')],
    ['no account by that name', noAccountCard(`Nothing is called ${account.name}.`, [account], 'show', 'Try its ID.')],
    ['a list for an assistant', portfolioCard(model, 'Accounts', { lines, total: lines.length }, 'No accounts match.')],
    [
      'what moved, for an assistant',
      movedCard(model, await newestTransitions(connection.db, now - 90 * DAY), now - 90 * DAY),
    ],
    ['an act, for an assistant', alertActCard(alert, claimed, true)],
    ['a morning', fullMorning(model, lines, alert, now)],
    ["today's meetings", meetingsToday(model, lines, alert, now)],
    ['a calendar that cannot be read', unreadFeedCard('https://calendar.example.com/secret', 'it answered 404')],
    ['a link to an account', linkCard(model, (await seenAccount(context, IN_A_CHANNEL, account, now)).summary)],
    ['an alert', openAlert(model, alerts)],
    ['alert withheld', withheldCard(alert)],
    ['alerts of one account', alertCard(model, claimed, { showArr: true, others: alerts.slice(1, 5) })],
    ['alert snoozed', alertCard(model, { ...claimed, state: 'snoozed', wakesOn: '2026-12-05' }, { showArr: true })],
    ['alert ended', alertCard(model, ended, { showArr: true })],
    ['alert changed', alertDoneCard('Claimed', `${account.name} is yours.`, alert)],
    ['alert claimed by somebody else', alertStandsCard(claimed, 'edo@example.com', now)],
    ['many alerts wait', manyUnclaimedCard(model, alerts)],
    ['many tasks wait', manyOverdueCard(tasks)],
    ['many playbooks began', manyRunsCard(alerts.map(({ account }) => ({ run: { ...run, account }, tasks: [task] })))],
    ['a playbook began', runCard(run.label, account, [task, done])],
    ['a task for you', oneTaskCard('A task for you', task, now)],
    ['a task changed', changedTaskCard(task, { kind: 'reassign', to: 'ana@example.com' })],
    ['a task did not change', unchangedTaskCard(done, 'Ana', now, now)],
    ['somebody left', releasedCard(model, 'Ana Flores has left', { alerts, tasks })],
    ['a new owner', newOwnerCard(model, account, { alerts: [alert], tasks: [task] })],
    ['pulses wait', waitingPulses(account, now)],
    ['a calibration', calibrationCard(model, calibration(model), { diff: [], plan: [], seed: 1 })],
    ['a backtest takes long', progressCard('Backtest', { done: 120, accounts: 2_000 }, 'r1')],
    ['a backtest takes long, for an assistant', askAgainCard('Backtest', { done: 120, accounts: 2_000 })],
    ['a backtest was canceled', cancelledCard('Backtest', { done: 120, accounts: 2_000 })],
    ['a brief was sent', briefSentCard(reviewCard(model, review(model, now)), account, 'qbr', SENT)],
    ['a quarterly review', reviewCard(model, review(model, now))],
    ['a rule is muted', mutedRuleCard(rule, precision)],
    ['a source went silent', silentSourceCard(model, 'warehouse', [SILENCE])],
    ['a file that was sent', sentFileCard(SEEN_FILE)],
    ['a file that was imported', importedCard('moods.csv', IMPORTED_FILE, [{ line: 3, reason: 'date is empty' }])],
    ['events without an account', unplacedCard([{ source: 'stripe', name: 'cus_9', events: 3 }])],
    [
      'a channel is gone',
      brokenDestinationCard(
        { platform: 'slack', channel: 'C1' },
        { fault: 'destination', reason: 'archived' },
        'Unarchive it.',
      ),
    ],
  ])
}

const SILENCE = {
  metric: 'active_users',
  sources: ['warehouse'],
  newestAt: Date.UTC(2026, 9, 27),
  usualGap: DAY,
}

function review(model: Model, at: number): ShownReview {
  const floors: Floor[] = [
    { id: 'risk_lift', value: 1.8, low: 1.2, high: 2.5, floor: 3, result: 'fail' },
    { id: 'recall_below_healthy', value: 0.8, low: 0.7, high: 0.88, floor: 2 / 3, result: 'pass' },
    { id: 'share_healthy', value: 0.64, floor: 0.8, result: 'pass' },
    { id: 'monotone', value: 1, floor: 0, result: 'too_few' },
  ]
  const { name, version } = model
  const remedies = [{ kind: 'line' as const, floor: 'risk_lift' as const, from: 40, to: 31 }]
  const trust = {
    model: { name, version },
    floors,
    churned: 41,
    others: 160,
    unscored: 3,
    portfolio: { withVerdict: 90, healthy: 58 },
    remedies,
    versions: [
      { name, version: 'sha256:0a1b2c3d4e', since: at - 200 * DAY },
      { name, version, since: at - 20 * DAY },
    ],
  }
  const feedback = { useful: 5, known: 2, wrong: 4, unanswered: 3, precision: 5 / 9 }
  return {
    quarter: '2026-Q4',
    trust,
    before: { at, version: 'sha256:0', floors: floors.map(floor => ({ ...floor, result: 'pass' as const })) },
    rules: [{ kind: 'at_risk', feedback, outcomes: { value: 0.4, low: 0.2, high: 0.6 }, followed: 20 }],
    silentRules: ['went_silent'],
    idleComponents: model.components.slice(0, 1).map(({ id }) => id),
    idlePlays: model.playbooks.slice(0, 1).map(({ label }) => label),
  }
}

function calibration(model: Model) {
  const [current, fitted] = [
    { value: 0.71, low: 0.62, high: 0.8 },
    { value: 0.74, low: 0.65, high: 0.83 },
  ]
  return {
    ...{ current, fitted, difference: { value: 0.03, low: -0.01, high: 0.07 }, strength: 0.1, advice: 'keep' as const },
    weights: model.components.map(({ id, weight }) => ({ component: id, now: weight, fitted: weight / 2 })),
    outcomes: { bad: 30, good: 90, unscored: 2 },
    lines: { now: { below: 40, cost: 70 }, best: { below: 46, cost: 61 } },
  }
}

/** Of the account that has most of them. */
function openAlert(model: Model, alerts: readonly AlertDetails[]): Card {
  const most = [...groupedBy(alerts, ({ account }) => account.id).values()].sort((a, b) => b.length - a.length)
  const [lead, ...others] = firstOf(most).toSorted(leadingFirst)
  return alertCard(model, firstOf(lead === undefined ? [] : [lead]), { showArr: true, others })
}

function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('the demo has none')
  return first
}

const SEEN_FILE: SeenFile = {
  file: { id: 'F1', name: 'moods <b>.csv' },
  form: 'CSV in UTF-8, separated by semicolons',
  label: 'A list of accounts',
  preview: {
    rows: 3,
    rejectedRows: 1,
    rejected: [{ reason: 'no account is called "Nobody *Ltd*"', count: 1, line: 3 }],
    leftOut: [{ reason: 'Status is closed', count: 1, line: 4 }],
    kinds: [{ kind: 'signals', count: 1, columns: ['account_id', 'value'], first: [['acme', '5']] }],
  },
  problems: [],
  remarks: ['The dates of "Seen" are read day-first, as the rest of the file is written.'],
  unread: ['Phone'],
  customers: 'customers: {attribute: lifecycle, one_of: [customer]}',
}

const IMPORTED_FILE = {
  ...{ read: 3, added: 1, changed: 0, unchanged: 0, rejected: 1 },
  notes: [{ text: '1 row was left out, because Status is closed; the first is on line 4.' }],
}

function meetingsToday(model: Model, lines: readonly PortfolioLine[], alert: AlertDetails, now: number): Card {
  const briefed = lines.slice(0, 20).map((line, at) => ({
    meeting: { title: at === 1 ? '' : `${line.name}: quarterly review`, start: now + at * HOUR, isAllDay: at === 0 },
    line: { ...line, alerts: at === 0 ? [alert] : [] },
    tasks: at,
  }))
  return meetingsCard(model, briefed, { email: 'ana@example.com', timeZone: 'Europe/Berlin', now })
}

function waitingPulses(account: { readonly id: string; readonly name: string }, now: number): Card {
  const asked = { account, due: { reason: 'never' as const, since: now }, facts: {} }
  const pulses: readonly ShownPulse[] = [
    { ...asked, state: { kind: 'waiting' } },
    { ...asked, state: { kind: 'rated', rating: 4, hasNote: false } },
    { ...asked, state: { kind: 'put-off', until: now + DAY, isSkipped: true } },
  ]
  return pulsesCard({ pulses, timeZone: 'UTC', size: 2, page: 0, isLaterToday: true })
}
