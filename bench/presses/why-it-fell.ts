import type { PressTask } from './task.ts'

export const whyItFell: PressTask = {
  name: 'why did it fall, from an alert',
  was: '0 presses + 23 keys, or 2 presses and 60 s',
  goal: { presses: 1 },
  async does({ world, room }, person) {
    const [alert] = world.slack.messages(room)
    if (alert === undefined) throw new Error('there is no alert')
    const { shown } = await person.press(alert, 'Why did it fall?')
    if (!/Active users.*36.*2/s.test(shown)) throw new Error(`it does not say why: ${shown}`)
  },
}
