/** The package has no types of its own. */
declare module 'vader-sentiment' {
  const vader: {
    readonly SentimentIntensityAnalyzer: {
      polarity_scores(text: string): {
        readonly neg: number
        readonly neu: number
        readonly pos: number
        readonly compound: number
      }
    }
  }
  export = vader
}
