/** How a sentiment of -1 to 1 is called; between -0.2 and 0.2 it says nothing. */
export function toneText(sentiment: number): 'negative' | 'neutral' | 'positive' {
  if (sentiment <= -0.2) return 'negative'
  return sentiment >= 0.2 ? 'positive' : 'neutral'
}
