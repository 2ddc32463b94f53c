import { type Habits, saasCourse } from '../../crowd/habits.ts'
import type { Story } from '../story.ts'

/** The habits of an account that nobody worries about; a story changes some of them. */
const LOYAL: Habits = {
  seats: 40,
  seatUse: 0.78,
  logins: 0.7,
  features: 1.2,
  daysPastDue: 0,
  tickets: [116, 98, 80, 52, 24],
  meetings: [119.5, 110, 90, 70, 50, 30, 10],
  nps: [[119.5, 9]],
  csat: [
    [119.5, 4],
    [100, 5],
    [72, 4],
    [44, 5],
    [16, 5],
  ],
  comments: [
    [119.5, 0.4],
    [88, 0.5],
    [60, 0.4],
    [33, 0.5],
    [8, 0.5],
  ],
  pulses: [
    [119.5, 4],
    [85, 4],
    [55, 4],
    [25, 4],
  ],
}

/** A story of the `saas` preset: loyal but for these habits. */
export function saasStory(
  about: Pick<Story, 'id' | 'name' | 'segment' | 'says' | 'attributes' | 'renewsIn'>,
  changes: Habits = {},
): Story {
  return { ...about, preset: 'saas', course: saasCourse({ ...LOYAL, ...changes }) }
}
