import { expect, it } from 'vitest'
import { sentimentOf } from '../../src/ingest/comments/sentiment.ts'

it.each([
  ['a complaint', 'This is terrible, we are very unhappy with the support.', -1, -0.5],
  ['praise', 'We love it, great work and excellent support!', 0.5, 1],
  ['a negated word', 'The rollout is not good.', -0.9, -0.1],
  ['a department that is no praise', 'We asked support about the export.', -0.05, 0.05],
  ['what says nothing', 'The meeting is on Tuesday.', -0.05, 0.05],
  ['nothing at all', '', 0, 0],
  ['names that JavaScript knows', '__proto__ constructor toString', 0, 0],
  ['a very long text', 'good '.repeat(100_000), 0.9, 1],
])('hears %s', (_, text, least, most) => {
  const sentiment = sentimentOf(text, [])

  expect(sentiment).toBeGreaterThanOrEqual(least)
  expect(sentiment).toBeLessThanOrEqual(most)
})
