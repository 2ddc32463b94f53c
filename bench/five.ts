import { type Recall, simulateFive } from './support/five-simulation.ts'
import { atLeast, report } from './support/report.ts'

/** Twenty seeds, from ROUNDS_SEED on. */
const first = Number(process.env.ROUNDS_SEED ?? 1)
const seeds = Array.from({ length: 20 }, (_, n) => first + n)
/** Early enough to change something; and any day up to the last. */
const [EARLY, ANY_DAY] = [
  { most: 30, least: 14 },
  { most: 30, least: 0 },
]
const declines = sumOf(seeds.map(seed => simulateFive(seed, 'decline', EARLY)))
const outcomes = sumOf(seeds.map(seed => simulateFive(seed, 'outcomes', EARLY)))
const upToTheLast = sumOf(seeds.map(seed => simulateFive(seed, 'decline', ANY_DAY)))

report({
  bench: 'five',
  what: 'ARR of customers who leave that are contacted 30 to 14 days before it, over 90 days of ten owners: by your five, against going by band and score with as many contacts. By number of customers it stands beside.',
  ratio: declines.fiveArr / declines.bandArr,
  goal: atLeast(1),
  also: [{ name: 'dated_outcomes', value: outcomes.fiveArr / outcomes.bandArr, goal: atLeast(1) }],
  details: {
    ...detailsOf('declines', declines),
    ...detailsOf('outcomes', outcomes),
    ...detailsOf('declines_up_to_the_last_day', upToTheLast),
  },
})

function sumOf(results: readonly Recall[]): Recall {
  const total = (key: keyof Recall) => results.reduce((sum, result) => sum + result[key], 0)
  return {
    ...{ left: total('left'), five: total('five'), band: total('band'), contacts: total('contacts') },
    ...{ arr: total('arr'), fiveArr: total('fiveArr'), bandArr: total('bandArr') },
  }
}

function detailsOf(name: string, { left, five, band, arr, fiveArr, bandArr, contacts }: Recall) {
  return {
    [`${name}_left`]: left,
    [`${name}_contacts`]: contacts,
    [`${name}_arr_five`]: fiveArr / arr,
    [`${name}_arr_band`]: bandArr / arr,
    [`${name}_customers_five`]: five / left,
    [`${name}_customers_band`]: band / left,
  }
}
