import { report } from './measure.ts'
import { type NoiseResult, simulateNoise } from './noise-simulation.ts'

/** Ten seeds from ROUNDS_SEED on: our posts against one for each crossing, the delay, and what was missed. */
const first = Number(process.env.ROUNDS_SEED ?? 1)
const results: NoiseResult[] = []
for (let seed = first; seed < first + 10; seed += 1) results.push(await simulateNoise(seed))
const total = (value: (result: NoiseResult) => number) => results.reduce((sum, result) => sum + value(result), 0)
const [posts, steps, plain] = [total(({ posts }) => posts), total(({ steps }) => steps), total(({ plain }) => plain)]
const worst = Math.max(...results.map(({ worstDelay }) => worstDelay))
const missed = total(result => result.missed)

report(
  'noise',
  posts / plain,
  `a post for each crossing: ${posts} posts against ${plain} (besides, ${total(({ replies }) => replies)} replies in threads, and ${steps} steps of the ladder when nobody claims anything); ${missed} of 200 true declines missed, at worst ${Math.abs(worst)} days ${worst < 0 ? 'before' : 'after'} the crossing`,
)
