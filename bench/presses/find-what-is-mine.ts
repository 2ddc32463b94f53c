import type { PressTask } from './task.ts'

export const findWhatIsMine: PressTask = {
  name: 'find what is mine this morning',
  was: '3 commands',
  goal: { presses: 1 },
  async does({ world, dana }, person) {
    const home = await person.openHome()
    for (const words of ['Your five', 'Acme', 'Your alerts', 'Rate 17 accounts']) {
      if (!home.shown.includes(words)) throw new Error(`${words} is missing: ${home.shown}`)
    }
    if (world.slack.ephemerals(dana).length > 0) throw new Error('it took a command')
  },
}
