import { groupedBy } from '../../domain/grouped.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import type { Run } from '../../store/playbooks/playbook-runs.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { manyRunsCard } from '../../views/playbooks/many-runs-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import { announceRun, type Telling } from './announce-run.ts'

/** What began for one person. */
type Share = { readonly run: Run; readonly tasks: readonly Task[] }

/** One message for each who has something to do, instead of as many as there are accounts; one list alone is a list. */
export async function announceRunsTogether(db: Db, runs: readonly Run[], telling: Telling): Promise<void> {
  const [only] = runs
  if (only !== undefined && runs.length === 1) return announceRun(db, only, telling)
  const shares: (Share & { readonly email: string | undefined })[] = []
  for (const run of runs) {
    const tasks = await readTasks(db, { run: run.id })
    for (const [email, own] of groupedBy(tasks, ({ assignee }) => assignee?.email)) {
      shares.push({ email: email ?? telling.admin, run, tasks: own })
    }
  }
  for (const [email, own] of groupedBy(shares, ({ email }) => email)) {
    const [first] = own
    const place = await directMessageOrNone(db, email)
    if (place === undefined || first === undefined) continue
    const key = { subject: { of: 'runs', id: first.run.id }, purpose: 'tasks' } as const
    await addMessage(db, { ...key, to: place, card: manyRunsCard(own), alerts: [], at: telling.now })
  }
}
