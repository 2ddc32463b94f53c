import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aboutAccount, commandIn } from '../../src/chat/words/sentences.ts'
import { COMMAND_NAMES } from '../../src/chat/words/vocabulary.ts'

const TODAY = '2026-11-29'

const SENTENCES: readonly (readonly [string, string])[] = [
  ['who is at risk', 'list at-risk'],
  ["Who's at risk?", 'list at-risk'],
  ['Which accounts are at risk right now?', 'list at-risk'],
  ['which of my accounts are at risk?', 'list at-risk owner:me'],
  ['my accounts at risk', 'list at-risk owner:me'],
  ['at risk', 'list at-risk'],
  ['who needs attention?', 'list attention'],
  ['show me healthy accounts', 'list healthy'],
  ['who is falling', 'list falling'],
  ['which customers are getting worse?', 'list falling'],
  ['what fell?', 'list falling'],
  ['who is improving', 'list rising'],
  ['my renewals', 'list renewal:90 owner:me'],
  ['renewals this quarter', 'list renewal:32'],
  ['My renewals this month', 'list renewal:1 owner:me'],
  ['who renews in the next 60 days?', 'list renewal:60'],
  ['which of my accounts renew soon', 'list renewal:90 owner:me'],
  ['my tasks', 'tasks'],
  ['What do I have to do today?', 'tasks'],
  ['my alerts', 'alerts mine'],
  ['my open alerts please', 'alerts mine'],
  ['unclaimed alerts', 'alerts unclaimed'],
  ['my accounts', 'mine'],
  ['what should I do first?', 'five'],
  ['what can you do?', 'help'],
]

it.each(SENTENCES)('%s is %s', (sentence, command) => {
  expect(commandIn(sentence, TODAY)).toBe(command)
  expect(commandIn(`  ${sentence.toUpperCase()} ! `, TODAY)).toBe(command)
})

it.each(SENTENCES)('%s leads to a command that there is', (_, command) => {
  expect(COMMAND_NAMES).toContain(command.split(' ')[0])
})

it.each([
  ['how is doing', { isWhy: false }],
  ['what happened to last week', { isWhy: true, since: '7d' }],
  ['in the last 3 weeks', { isWhy: false, since: '21d' }],
  ['why did fall', { isWhy: true }],
  ['what changed yesterday', { isWhy: true, since: 'yesterday' }],
])('of an account, %j asks %j', (rest, asked) => {
  expect(aboutAccount(rest)).toEqual(asked)
})

describe('nothing else is understood', () => {
  const KNOWN = new Set(SENTENCES.flatMap(([sentence]) => sentence.toLowerCase().split(/[^a-z0-9]+/)))
  const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 3, maxLength: 9 })

  it('no random words', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), words => {
        fc.pre(words.some(one => !KNOWN.has(one)))
        expect(commandIn(words.join(' '), TODAY)).toBeUndefined()
      }),
    )
  })

  it('no sentence with a word more, and no long text, soon enough', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SENTENCES), word, ([sentence], more) => {
        fc.pre(!KNOWN.has(more))
        expect(commandIn(`${sentence} ${more}`, TODAY)).toBeUndefined()
        expect(commandIn(`${more} ${sentence}`, TODAY)).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 200, maxLength: 3_000 }),
        text => commandIn(text, TODAY) === undefined,
      ),
    )
    expect(commandIn('which of '.repeat(400), TODAY)).toBeUndefined()
  })
})
