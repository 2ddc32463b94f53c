import { settled } from './company.ts'
import type { PressTask } from './task.ts'

export const takeAnAlert: PressTask = {
  name: 'take an alert, do both tasks, close it',
  was: '12 presses, 65 s',
  goal: { presses: 7, seconds: 40 },
  async does({ world, room }, person) {
    const [alert] = world.slack.messages(room)
    if (alert === undefined) throw new Error('there is no alert')
    person.read(alert)
    await person.press(alert, 'Claim')
    // The update of the message that the claim leaves in the outbox is no answer to the next press.
    await settled(world)
    const tasks = await person.press(alert, 'Tasks')
    await person.press(tasks, 'Done')
    await person.press(tasks, 'Done')
    const form = await person.open(tasks, 'Resolve the alert')
    await person.submit(form, { reason: 'They were on leave.' })
    await settled(world)
    const { db } = world.connection
    const open = await db.selectFrom('alerts').select('kind').where('state', '!=', 'resolved').execute()
    const left = await db.selectFrom('tasks').select('id').where('state', '!=', 'done').execute()
    const shared = open.filter(({ kind }) => kind !== 'pulse_divergence')
    if (shared.length + left.length > 0) throw new Error('something is still open')
  },
}
