import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A text that people rated: 1 or -1. */
export type RatedText = { readonly text: string; readonly rating: 1 | -1 }

/** What stands beside the repository: four sets, none of which is copied into it. Texts that people found neutral are left out. */
export function ratedTexts(folder: string): Readonly<Record<string, readonly RatedText[]>> {
  const lines = (name: string, encoding: BufferEncoding) =>
    readFileSync(join(folder, name), encoding)
      .split(/\r?\n/)
      .filter(line => line !== '')
      .map(line => line.split('\t'))
  const rated = (name: string) =>
    lines(name, 'latin1').flatMap(([, rating, ...text]) => read(Number(rating), text.join(' ')))
  const labelled = (name: string) =>
    lines(name, 'utf8').flatMap(cells => read(cells.at(-1)?.trim() === '1' ? 1 : -1, cells.slice(0, -1).join(' ')))
  return {
    tweets: rated('tweets_GroundTruth.txt'),
    reviews: rated('amazonReviewSnippets_GroundTruth.txt'),
    phones: labelled('amazon_cells_labelled.txt'),
    places: labelled('yelp_labelled.txt'),
  }
}

function read(rating: number, text: string): RatedText[] {
  return rating === 0 || Number.isNaN(rating) ? [] : [{ text, rating: rating > 0 ? 1 : -1 }]
}
