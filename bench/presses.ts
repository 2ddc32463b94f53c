import { openCompany } from './presses/company.ts'
import { PRESS_TASKS } from './presses/index.ts'
import { countedPerson } from './presses/person.ts'
import { atMost, report } from './support/report.ts'

/** Each task on a company of its own, by somebody at a Slack that runs on loopback. */
const rows = []
for (const { name, was, goal, does } of PRESS_TASKS) {
  const company = await openCompany()
  try {
    const person = countedPerson(company.world.slack, company.dana)
    await does(company, person)
    rows.push({ name, was, goal, ...person.tally() })
  } finally {
    await company.world.close()
  }
}

console.log('| task | before | now | goal |\n|---|---|---|---|')
for (const { name, was, goal, presses, keys, seconds } of rows) {
  const typed = keys === 0 ? '' : ` + ${keys} keys`
  const wanted = goal.seconds === undefined ? `${goal.presses} presses` : `${goal.presses} presses, ${goal.seconds} s`
  console.log(`| ${name} | ${was} | ${presses} presses${typed}, ${Math.round(seconds)} s | ${wanted} |`)
}

const shares = rows.flatMap(({ goal, presses, seconds }) => [
  presses / goal.presses,
  ...(goal.seconds === undefined ? [] : [seconds / goal.seconds]),
])
report({
  bench: 'presses',
  what: 'Presses and seconds of the tasks of a day (1.2 s a press, 0.3 s a key, 250 words a minute), against their goals: the worst share.',
  ratio: Math.max(...shares),
  goal: atMost(1),
  details: Object.fromEntries(
    rows.flatMap(({ name, presses, seconds, words }) => [
      [`${name}: presses`, presses],
      [`${name}: seconds`, seconds],
      [`${name}: words`, words],
    ]),
  ),
})
