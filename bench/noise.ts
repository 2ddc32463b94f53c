import { type NoiseResult, simulateNoise } from './support/noise-simulation.ts'
import { atMost, report } from './support/report.ts'

/** Ten seeds, from ROUNDS_SEED on. */
const first = Number(process.env.ROUNDS_SEED ?? 1)
const results: NoiseResult[] = []
for (let seed = first; seed < first + 10; seed += 1) results.push(await simulateNoise(seed))
const total = (value: (result: NoiseResult) => number) => results.reduce((sum, result) => sum + value(result), 0)
const plain = total(({ plain }) => plain)
const posts = total(({ posts }) => posts)
const said = total(({ posts, replies, steps, digests }) => posts + replies + steps + digests)

report({
  bench: 'noise',
  what: 'Posts about 200 accounts over 180 days, ten times, against one for each crossing of a line; steps of the escalation, replies in threads and a digest each working day counted, half of what waits claimed each working day.',
  ratio: posts / plain,
  goal: atMost(0.12),
  also: [
    { name: 'all_ratio', value: said / plain, goal: atMost(0.3) },
    { name: 'missed', value: total(({ missed }) => missed), goal: atMost(0) },
  ],
  details: {
    ...{ plain, posts, replies: total(({ replies }) => replies), steps: total(({ steps }) => steps) },
    digests: total(({ digests }) => digests),
    worst_delay_days: Math.max(...results.map(({ worstDelay }) => worstDelay)),
  },
})
