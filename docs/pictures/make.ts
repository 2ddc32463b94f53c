import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderCard } from '../../adapters/slack/render/render-card.ts'
import { findOneAccount } from '../../src/chat/accounts/find-account.ts'
import { summariseAccount } from '../../src/chat/accounts/summarize-account.ts'
import { choosePlays } from '../../src/domain/playbooks/play-choice.ts'
import { taskDue } from '../../src/domain/playbooks/task-due.ts'
import { startOfDay } from '../../src/domain/time/instant.ts'
import { digestsSchema } from '../../src/model/digests.ts'
import { loadSettings, type Settings } from '../../src/model/settings.ts'
import { claimAlert } from '../../src/store/alerts/alert-acts.ts'
import { findAlertDetailsOrNone, unresolvedAlertDetails } from '../../src/store/alerts/alert-details.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { addRun } from '../../src/store/playbooks/playbook-runs.ts'
import { addTask, changeTask, readTasks } from '../../src/store/playbooks/tasks.ts'
import { accountCard } from '../../src/views/accounts/account-card.ts'
import { alertCard } from '../../src/views/alerts/alert-card.ts'
import type { Card } from '../../src/views/card.ts'
import { runCard } from '../../src/views/playbooks/task-card.ts'
import { checkAccount } from '../../src/work/accounts/check-account.ts'
import { buildDigest } from '../../src/work/digests/build-digest.ts'
import { calendarOf, personFor } from '../../src/work/schedule/business-calendar.ts'
import { scoringInstant } from '../../src/work/schedule/slots.ts'
import { type SlackMessage, slackPage } from './slack-page.ts'
import { terminalPage } from './terminal-page.ts'

/** make.sh runs this on the demo's database: a page of two Slack messages, and a page of the demo's own output. */
const [url = '', day = '', transcript = '', folder = ''] = process.argv.slice(2)

const { digests } = digestsSchema.parse({
  digests: [{ name: 'morning', schedule: '0 8 * * *', to: 'terminal:demo', show: { arr: true } }],
})
const settings = { ...loadSettings(undefined), digests }
const morning = scoringInstant(settings.routes.scoring, day)
if (startOfDay(day) === undefined) throw new Error(`${day} is no day`)

const connection = openDatabase(url)
const [digest, account] = [await digestOf(connection, settings), await accountOf(connection, 'acme', settings)]
const [alert, tasks] = await actOn(connection, settings)
await connection.close()

const messages: SlackMessage[] = [
  { heading: '# customer-health', time: '9:00 AM', isPrivate: false, ...renderCard(digest) },
  { heading: '/health acme', time: '9:02 AM', isPrivate: true, ...renderCard(account) },
]
writeFileSync(join(folder, 'slack.html'), slackPage(messages))
const thread: SlackMessage[] = [
  { heading: '# customer-health', time: '8:00 AM', isPrivate: false, ...renderCard(alert) },
  { heading: 'Thread', time: '8:00 AM', isPrivate: false, ...renderCard(tasks) },
]
writeFileSync(join(folder, 'alert.html'), slackPage(thread))
writeFileSync(join(folder, 'terminal.html'), terminalPage('npm ci && npm run demo', readFileSync(transcript, 'utf8')))

/** As the channel shows it once somebody has claimed the second line. */
async function digestOf(connection: Connection, settings: Settings): Promise<Card> {
  const [digest] = settings.digests
  if (digest === undefined) throw new Error('there is no digest')
  const { card, news } = await buildDigest(connection, settings, digest, morning)
  const second = news.sections[0]?.items[1]
  if (second?.alert === undefined) return card
  await claimAlert(connection.db, second.alert.id, second.account.owner ?? 'Dana', morning)
  return (await buildDigest(connection, settings, digest, morning)).card
}

async function accountOf(connection: Connection, name: string, settings: Settings): Promise<Card> {
  const account = await findOneAccount(connection, name, morning)
  const checked = await checkAccount(connection, settings.model, account, morning)
  return accountCard(settings.model, await summariseAccount({ connection }, checked, morning))
}

/** The newest sharp drop once its owner has claimed it, and the tasks of the play that it begins, the first under way. */
async function actOn({ db }: Connection, { model, routes }: Settings): Promise<[Card, Card]> {
  const dropped = (await unresolvedAlertDetails(db, morning)).findLast(({ kind }) => kind === 'sharp_drop')
  if (dropped === undefined) throw new Error('the demo has no sharp drop')
  const { id, account, about } = dropped
  const owner = about.owner ?? 'nobody'
  await claimAlert(db, id, owner, morning)
  const [play] = choosePlays({
    playbooks: model.playbooks,
    opened: [dropped],
    isScheduled: true,
    at: morning,
    ...(dropped.driver !== undefined && { driver: dropped.driver }),
  })
  if (play === undefined) throw new Error(`no play begins with ${id}`)
  const { playbook, cause } = play
  const run = { id: 'picture', playbook: playbook.id, label: playbook.label, account: account.key, cause, at: morning }
  await addRun(db, { ...run, alert: id })
  const calendar = await calendarOf(db, routes, owner)
  for (const [n, { title, role, due }] of playbook.tasks.entries()) {
    const assignee = await personFor(db, routes, role, account.key, morning)
    const task = { id: `${n}`, account: account.key, run: run.id, title, role, at: morning }
    await addTask(db, { ...task, dueAt: taskDue(morning, due, calendar), ...(assignee !== undefined && { assignee }) })
  }
  await changeTask(db, '0', { kind: 'acknowledge' }, owner, morning)
  const claimed = (await findAlertDetailsOrNone(db, id, morning)) ?? dropped
  const tasks = await readTasks(db, { run: run.id })
  return [alertCard(model, claimed, { showArr: true }), runCard(playbook.label, account, tasks)]
}
