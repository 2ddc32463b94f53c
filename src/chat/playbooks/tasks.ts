import { mostUrgentFirst } from '../../domain/playbooks/task.ts'
import { ownerOfAccount } from '../../store/accounts/account-owner.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { tasksCard } from '../../views/playbooks/task-card.ts'
import { visibleTo } from '../../work/alerts/visible-to.ts'
import { identify } from '../../work/people/identify.ts'
import { audienceOf, withAccount } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { namingRest } from '../words/naming-rest.ts'

/** The caller's own open tasks, overdue ones first; or those of an account. */
export const tasks: Command = async (context, request, rest) => {
  const { db } = context.connection
  const now = context.clock()
  const audience = audienceOf(request)
  const [first = '', ...left] = rest.split(/\s+/)
  const isOwn = first.toLowerCase() === 'mine'
  if (rest !== '' && !isOwn) {
    return withAccount(context, request, rest, 'tasks', async ({ key, id, name }) => {
      const open = await readTasks(db, { account: key, isOpen: true })
      const owner = await ownerOfAccount(db, key, now)
      const { seen, isMasked } = await visibleTo(context, request, open, ({ alert, assignee }) => ({
        kind: alert?.kind ?? 'task',
        owner,
        holder: assignee?.email ?? alert?.holder,
      }))
      const tasks = seen.toSorted(mostUrgentFirst)
      const card = { ...tasksCard(`Tasks for ${name}`, tasks, now, 'Nothing to do.', id), shows: `tasks ${id}` }
      return { kind: 'card', card, audience, isMasked }
    })
  }
  const { email } = await identify(context, request.actor)
  const all = email === undefined ? [] : await readTasks(db, { assignee: email, isOpen: true })
  const { seen: own, isMasked } = await visibleTo(context, request, all, ({ alert }) => ({
    kind: alert?.kind ?? 'task',
    holder: email,
  }))
  const empty = 'You have no open tasks. /health tasks NAME shows those of an account.'
  const card = { ...tasksCard('Your tasks', own.toSorted(mostUrgentFirst), now, empty), shows: 'tasks' }
  return namingRest({ kind: 'card', card, audience, isMasked }, left.join(' '))
}
