import { expect, it } from 'vitest'
import { plainWords } from '../../src/ingest/comments/plain-words.ts'
import { sentimentOf } from '../../src/ingest/comments/sentiment.ts'
import { platforms } from '../../src/platforms.ts'

it.each([
  ['<at>Great Person</at> hello', 'hello'],
  ['*really unhappy*', 'really unhappy'],
  ['<@U0123ABCD> hello <#C012|general> <!here>', 'hello'],
  ['see <https://great.example/love|the page>', 'see the page'],
  [':rage:', 'furious'],
  ['at 10:30:15 today', 'at 10:30:15 today'],
])('%s says %s', (text, words) => {
  expect(plainWords(text, platforms)).toBe(words)
})

it.each(['*really unhappy*', ':rage:', '😡', '<b>really unhappy</b>', '~great~ terrible'])('%s sounds bad', text => {
  expect(sentimentOf(text, platforms)).toBeLessThan(-0.2)
})

it.each([
  'Das ist leider nicht gut, wir sind sehr unzufrieden.',
  "Nous ne sommes pas contents du tout de l'équipe.",
  'No estamos contentos con el servicio.',
  'Mình không muốn thi nữa',
  'サポートが遅いです',
])('a text in another language is not judged: %s', text => {
  expect(sentimentOf(text, platforms)).toBeUndefined()
})
