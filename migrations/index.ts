import type { Kysely } from 'kysely'
import { accounts } from './0001-accounts.ts'
import { signals } from './0002-signals.ts'
import { scores } from './0003-scores.ts'
import { alerts } from './0004-alerts.ts'
import { delivery } from './0005-delivery.ts'
import { schedules } from './0006-schedules.ts'
import { ingest } from './0007-ingest.ts'
import { preferences } from './0008-preferences.ts'
import { modelActivations } from './0009-model-activations.ts'
import { audit } from './0010-audit.ts'
import { alertResponses } from './0011-alert-responses.ts'
import { playbooks } from './0012-playbooks.ts'
import { comments } from './0013-comments.ts'
import { digests } from './0014-digests.ts'
import { alertRules } from './0015-alert-rules.ts'
import { precision } from './0016-precision.ts'
import { platforms } from './0017-platforms.ts'
import { jobClaims } from './0018-job-claims.ts'
import { toldPlays } from './0019-told-plays.ts'
import { customers } from './0021-customers.ts'
import { sharedPlaces } from './0022-shared-places.ts'
import { durable } from './0023-durable.ts'
import { leavers } from './0024-leavers.ts'
import { lastingReasons } from './0024b-lasting-reasons.ts'
import { operations } from './0025-operations.ts'
import { auditNames } from './0026-audit-names.ts'
import { metricConnections } from './0027-metric-connections.ts'
import { snoozeDays } from './0028-snooze-days.ts'
import { messages } from './0030-messages.ts'
import { platformUsers } from './0031-platform-users.ts'
import { fieldWords } from './0034-field-words.ts'
import { compactSignals } from './0035-compact-signals.ts'
import { rankedStatus } from './0037-ranked-status.ts'
import { idempotentRequests } from './0040-idempotent-requests.ts'
import { trackedUsers } from './0041-tracked-users.ts'
import { sourceDays } from './0043-source-days.ts'
import { loadedFiles } from './0043b-loaded-files.ts'
import { sourceEvents } from './0044-source-events.ts'
import { pulls } from './0044b-pulls.ts'
import { commentTopics } from './0044c-comment-topics.ts'
import { outcomes } from './0050-outcomes.ts'
import { metricFirsts } from './0060-metric-firsts.ts'
import { signalPacks } from './0061-signal-packs.ts'
import { packsBesideTheirKey } from './0062-packs-beside-their-key.ts'
import { alertsByAccount } from './0063-alerts-by-account.ts'
import { changesHeard } from './0065-changes-heard.ts'
import { messageTasks } from './0071-message-tasks.ts'
import { openTasks } from './0074-open-tasks.ts'
import { pulsesPutOff } from './0075-pulses-put-off.ts'
import { homeViews } from './0076-home-views.ts'
import { events } from './0081-events.ts'
import { assistants } from './0082-assistants.ts'
import { shownChanges } from './0087-shown-changes.ts'
import { eventsAsFacts } from './0088-events-as-facts.ts'
import { claims } from './0093-claims.ts'
import { readers } from './0094-readers.ts'
import { instances } from './0095-instances.ts'
import { scoringShards } from './0100-scoring-shards.ts'
import { outboxWakes } from './0110-outbox-wakes.ts'
import { numberedInOrder } from './0111-numbered-in-order.ts'
import { awaitingWorse } from './0130-awaiting-worse.ts'
import { tasksByRun } from './0131-tasks-by-run.ts'
import { roomForStatuses } from './0132-room-for-statuses.ts'
import { lastNumberGiven } from './0133-last-number-given.ts'

/** Runs inside a transaction of its own; once it has landed it is never changed, only followed. */
export type Migration = {
  readonly name: string
  readonly up: (db: Kysely<any>) => Promise<void>
  /**
   * For one that only adds: the oldest Rounds that may go on working on the database after it, by the number of its
   * newest migration, so that instances are upgraded one by one. What it replaces is taken away a release later.
   */
  readonly oldestReader?: number
}

/** In the order in which they run. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-accounts', up: accounts },
  { name: '0002-signals', up: signals },
  { name: '0003-scores', up: scores },
  { name: '0004-alerts', up: alerts },
  { name: '0005-delivery', up: delivery },
  { name: '0006-schedules', up: schedules },
  { name: '0007-ingest', up: ingest },
  { name: '0008-preferences', up: preferences },
  { name: '0009-model-activations', up: modelActivations },
  { name: '0010-audit', up: audit },
  { name: '0011-alert-responses', up: alertResponses },
  { name: '0012-playbooks', up: playbooks },
  { name: '0013-comments', up: comments },
  { name: '0014-digests', up: digests },
  { name: '0015-alert-rules', up: alertRules },
  { name: '0016-precision', up: precision },
  { name: '0017-platforms', up: platforms },
  { name: '0018-job-claims', up: jobClaims },
  { name: '0019-told-plays', up: toldPlays },
  { name: '0021-customers', up: customers },
  { name: '0022-shared-places', up: sharedPlaces },
  { name: '0023-durable', up: durable },
  { name: '0024-leavers', up: leavers },
  { name: '0024b-lasting-reasons', up: lastingReasons },
  { name: '0025-operations', up: operations },
  { name: '0026-audit-names', up: auditNames },
  { name: '0027-metric-connections', up: metricConnections },
  { name: '0028-snooze-days', up: snoozeDays },
  { name: '0030-messages', up: messages },
  { name: '0031-platform-users', up: platformUsers },
  { name: '0034-field-words', up: fieldWords },
  { name: '0035-compact-signals', up: compactSignals },
  { name: '0037-ranked-status', up: rankedStatus },
  { name: '0040-idempotent-requests', up: idempotentRequests },
  { name: '0041-tracked-users', up: trackedUsers },
  { name: '0043-source-days', up: sourceDays },
  { name: '0043b-loaded-files', up: loadedFiles },
  { name: '0044-source-events', up: sourceEvents },
  { name: '0044b-pulls', up: pulls },
  { name: '0044c-comment-topics', up: commentTopics },
  { name: '0050-outcomes', up: outcomes },
  { name: '0060-metric-firsts', up: metricFirsts },
  { name: '0061-signal-packs', up: signalPacks },
  { name: '0062-packs-beside-their-key', up: packsBesideTheirKey },
  { name: '0063-alerts-by-account', up: alertsByAccount },
  { name: '0065-changes-heard', up: changesHeard },
  { name: '0071-message-tasks', up: messageTasks },
  { name: '0074-open-tasks', up: openTasks },
  { name: '0075-pulses-put-off', up: pulsesPutOff },
  { name: '0076-home-views', up: homeViews },
  { name: '0081-events', up: events },
  { name: '0082-assistants', up: assistants },
  { name: '0087-shown-changes', up: shownChanges },
  { name: '0088-events-as-facts', up: eventsAsFacts },
  { name: '0093-claims', up: claims },
  { name: '0094-readers', up: readers },
  { name: '0095-instances', up: instances, oldestReader: 94 },
  { name: '0100-scoring-shards', up: scoringShards, oldestReader: 95 },
  { name: '0110-outbox-wakes', up: outboxWakes, oldestReader: 95 },
  { name: '0111-numbered-in-order', up: numberedInOrder, oldestReader: 95 },
  { name: '0130-awaiting-worse', up: awaitingWorse, oldestReader: 95 },
  { name: '0131-tasks-by-run', up: tasksByRun, oldestReader: 95 },
  { name: '0132-room-for-statuses', up: roomForStatuses, oldestReader: 95 },
  { name: '0133-last-number-given', up: lastNumberGiven, oldestReader: 95 },
]
