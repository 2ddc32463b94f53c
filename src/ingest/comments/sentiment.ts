import vader from 'vader-sentiment'
import type { KnownPlatform } from '../known-platform.ts'
import { mayBeEnglish } from './english.ts'
import { plainWords } from './plain-words.ts'

/** The metric that a comment's sentiment is a signal of. */
export const SENTIMENT_METRIC = 'comment_sentiment'

/** More words than this change nothing, and reading them takes time. */
const MOST_READ = 10_000

/** To the lexicon this is praise; to a customer it is a department. */
const DEPARTMENT = /\bsupport\b/gi

/**
 * How a text in English sounds, -1 to 1, by the words of the VADER lexicon; 0 where it says nothing it knows, undefined
 * where it is in another language. Against people's own ratings it correlates 0.88 on 4,200 short messages, 0.57 on
 * 3,700 sentences of reviews (measured).
 */
export function sentimentOf(text: string, platforms: readonly KnownPlatform[]): number | undefined {
  const words = plainWords(text.slice(0, MOST_READ), platforms)
  if (!mayBeEnglish(words)) return undefined
  return vader.SentimentIntensityAnalyzer.polarity_scores(words.replace(DEPARTMENT, 'helpdesk')).compound
}
