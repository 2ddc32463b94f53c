import type { PressTask } from './task.ts'

/** All but one are rated by a press; the one that is about to leave gets its reason. */
export const rateAccounts: PressTask = {
  name: 'rate 17 accounts',
  was: '68 presses, 290 s',
  goal: { presses: 25, seconds: 120 },
  async does({ world, room }, person) {
    const list = await person.ask('/health pulses', room)
    const { db } = world.connection
    const accounts = await db.selectFrom('accounts').select(['id', 'name']).orderBy('name').execute()
    const waiting = new Set(accounts.map(({ id }) => id))
    for (let page = 0; waiting.size > 0 && page < accounts.length; page += 1) {
      for (const id of [...waiting].filter(id => JSON.stringify(list.blocks).includes(`"4 ${id}"`))) {
        if (id === 'acme') {
          const form = await person.open(list, { action: 'pulse-rate', value: '1 acme' })
          await person.submit(form, { note: 'Their sponsor left.' })
        } else await person.press(list, { action: 'pulse-rate', value: `4 ${id}` })
        waiting.delete(id)
      }
      if (waiting.size > 0) await person.press(list, 'turn')
    }
    const { count } = await db
      .selectFrom('pulses')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) !== accounts.length) throw new Error(`${count} of ${accounts.length} were rated`)
  },
}
