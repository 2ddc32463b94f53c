import { report } from './measure.ts'
import { simulateNoise } from './noise-simulation.ts'

/** Ten seeds from ROUNDS_SEED on: our posts against one for each crossing, the delay, and what was missed. */
const first = Number(process.env.ROUNDS_SEED ?? 1)
const results = Array.from({ length: 10 }, (_, index) => simulateNoise(first + index))
const total = (value: (result: (typeof results)[number]) => number) =>
  results.reduce((sum, result) => sum + value(result), 0)
const [ours, plain] = [total(({ ourPosts }) => ourPosts), total(({ plainPosts }) => plainPosts)]
const worstDelay = Math.max(...results.map(result => result.worstDelay))

report(
  'noise',
  ours / plain,
  `a post for each crossing: ${ours} posts against ${plain}; ${total(({ missed }) => missed)} of 200 true declines missed, at worst ${Math.abs(worstDelay)} days ${worstDelay < 0 ? 'before' : 'after'} the crossing`,
)
