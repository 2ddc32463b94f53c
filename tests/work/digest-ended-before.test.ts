import { expect, it } from 'vitest'
import { digestsSchema } from '../../src/model/digests.ts'
import { buildDigest } from '../../src/work/digests/build-digest.ts'
import { readDigest } from '../../src/work/digests/read-digest.ts'
import { createDigestDays } from '../support/digest-days.ts'

const LATE = 3 * 60_000

/** Whoever is known to be of the small ones. */
const { digests } = digestsSchema.parse({
  digests: [
    { name: 'small', schedule: '0 9 * * *', to: 'slack:C1', filter: { not: { attribute: 'segment', is: 'large' } } },
  ],
})

it.each([false, true])(
  'a customer that went before a late digest was built is not counted out again (back: %s)',
  async isBack => {
    const [digest] = digests
    if (digest === undefined) throw new Error('there is a digest')
    const days = await createDigestDays()
    const total = async (at: number) => (await readDigest(days.connection, days.settings(), digest, at)).total
    try {
      await days.know('hooli', { name: 'segment', value: 'small' }, 0)
      await days.score('slot')
      await days.use('hooli', 45)
      await days.score('slot')
      await days.retire('hooli', true)
      const late = days.next() - LATE
      expect(await total(late)).toBe(0)
      await days.send(await buildDigest(days.connection, days.settings(), digest, late), 'sent')
      if (isBack) {
        await days.retire('hooli', false)
        await days.score('slot')
      }

      expect(await total(days.next())).toBe(isBack ? 1 : 0)
    } finally {
      await days.close()
    }
  },
)
