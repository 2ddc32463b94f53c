import type { Model } from '../../domain/model/model.ts'
import { DEMO_DAYS } from '../course.ts'
import type { Story } from '../stories/story.ts'

/** When, in the last night, it happens: half a day before the last morning. */
const LAST_NIGHT = 0.5

/** The attribute that caps a score, such as a sponsor who left, as of the last night; none where no cap asks for one. */
export function cappingAttribute({ caps }: Model): NonNullable<Story['attributes']> {
  for (const { when } of caps) {
    if (!('subject' in when) || when.subject.of !== 'attribute' || when.comparison.by !== 'is') continue
    const [text] = when.comparison.texts
    if (text === undefined) continue
    return {
      [when.subject.name]: [
        [DEMO_DAYS, 'as ever'],
        [LAST_NIGHT, text],
      ],
    }
  }
  return {}
}
