import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sentiment from 'sentiment'
import winkSentiment from 'wink-sentiment'
import { sentimentOf } from '../src/ingest/comments/sentiment.ts'
import { type RatedText, ratedTexts } from './support/rated-texts.ts'
import { atLeast, report } from './support/report.ts'

/** Beside the repository, which holds none of it. */
const DATA = join(process.cwd(), '../shared/data/sentiment')

const afinn = new Sentiment()

const CONTESTANTS: Readonly<Record<string, (text: string) => number | undefined>> = {
  rounds: text => sentimentOf(text, []),
  afinn: text => afinn.analyze(text).comparative,
  wink: text => winkSentiment(text).normalizedScore,
}

if (existsSync(DATA)) compare()
else console.error(`There are no rated texts in ${DATA}: nothing to measure.`)

/** Prints how often each is right, and how that is on the average of both sides. */
function compare(): void {
  const sets = Object.entries(ratedTexts(DATA))
  const found = Object.entries(CONTESTANTS).map(([name, judge]) => ({
    name,
    results: sets.map(([set, texts]) => ({ set, ...resultOf(judge, texts) })),
  }))
  const mean = (name: string) => {
    const results = found.find(entry => entry.name === name)?.results ?? []
    return results.reduce((sum, { macroF1 }) => sum + macroF1, 0) / results.length
  }
  report({
    bench: 'sentiment',
    what: "Our sentiment (VADER) against people's own ratings of four sets of texts: the mean of macro-F1 against the best of two other libraries.",
    ratio: mean('rounds') / Math.max(mean('afinn'), mean('wink')),
    goal: atLeast(1),
    details: Object.fromEntries(
      found.flatMap(({ name, results }) =>
        results.flatMap(({ set, accuracy, macroF1, unjudged }) => [
          [`${name}_${set}_accuracy`, accuracy],
          [`${name}_${set}_macro_f1`, macroF1],
          ...(unjudged > 0 ? [[`${name}_${set}_unjudged`, unjudged] as const] : []),
        ]),
      ),
    ),
  })
}

/** 0 is wrong on either side: it says nothing. What is left unjudged counts neither way. */
function resultOf(judge: (text: string) => number | undefined, texts: readonly RatedText[]) {
  const judged = texts.flatMap(({ text, rating }) => {
    const score = judge(text)
    return score === undefined ? [] : [{ rating, said: Math.sign(score) }]
  })
  const right = judged.filter(({ rating, said }) => rating === said).length
  const f1 = (side: 1 | -1) => {
    const hits = judged.filter(({ rating, said }) => rating === side && said === side).length
    const saidSo = judged.filter(({ said }) => said === side).length
    const areSo = judged.filter(({ rating }) => rating === side).length
    return (2 * hits) / (saidSo + areSo)
  }
  return {
    accuracy: right / judged.length,
    macroF1: (f1(1) + f1(-1)) / 2,
    unjudged: texts.length - judged.length,
  }
}
