declare module 'sentiment' {
  class Sentiment {
    analyze(text: string): { readonly comparative: number }
  }
  export = Sentiment
}

declare module 'wink-sentiment' {
  function sentiment(text: string): { readonly normalizedScore: number }
  export = sentiment
}
