import type { PressTask } from './task.ts'

/** The form begins with the working days, nine o'clock and the channel it was asked for in. */
export const setUpADigest: PressTask = {
  name: 'set up a digest for a channel',
  was: '6 fields of code',
  goal: { presses: 9 },
  async does({ world, room }, person) {
    const form = await person.askForm('/health digest create cs', room)
    await person.submit(form, {}, { days: ['mon', 'tue', 'wed', 'thu', 'fri'], time: '08:30', to: room.id })
    const { db } = world.connection
    const made = await db.selectFrom('managed_digests').select('definition').execute()
    if (!made[0]?.definition?.includes('30 8 * * 1-5')) throw new Error(`no such digest was made: ${form.shown}`)
  },
}
