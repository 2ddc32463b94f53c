import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AboutTopics, recurringTopics, TOPIC_WINDOW } from '../../src/domain/comments/recurring.ts'
import { TOPICS, topicsOf, withTopics } from '../../src/domain/comments/topic.ts'
import { DAY } from '../../src/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 20)

describe('what a comment is about', () => {
  it.each([
    ['The dashboards have been SLOW since Monday.', ['Speed and reliability', 'Reports and exports']],
    ['Great people, thank you!', []],
    ['It doesn’t work with our API', ['Bugs', 'Integrations']],
    ['We are debugging our own code', []],
    ['Too expensive; we look at a competitor before the renewal', ['Price and billing', 'Renewal and contract']],
    ['', []],
  ])('%s', (text, topics) => {
    expect(topicsOf(text, TOPICS)).toEqual(topics)
  })

  it('is only ever called what the dictionary calls it', () => {
    const labels = TOPICS.map(({ label }) => label)

    fc.assert(
      fc.property(fc.string(), text => {
        expect(topicsOf(text, TOPICS).filter(topic => !labels.includes(topic))).toEqual([])
      }),
    )
  })

  it('settings add words to a topic, and topics of their own', () => {
    const topics = withTopics({ support: ['Dana'], 'Mobile app': ['android', 'ios '] })

    expect(topicsOf('Dana never called back', topics)).toEqual(['Support'])
    expect(topicsOf('no android version', topics)).toEqual(['Mobile app'])
    expect(withTopics({})).toEqual(TOPICS)
  })
})

describe('what comes up again and again', () => {
  const about = (account: number, daysAgo: number, ...topics: string[]): AboutTopics => ({
    account,
    at: NOW - daysAgo * DAY,
    topics,
  })

  it('counts comments and accounts of 90 days, and what was before', () => {
    const comments = [about(1, 1, 'Bugs'), about(1, 5, 'Bugs'), about(2, 89, 'Bugs', 'Value'), about(3, 91, 'Bugs')]

    expect(recurringTopics(comments, NOW)).toEqual([{ label: 'Bugs', comments: 3, accounts: 2, before: 1 }])
  })

  it('does not depend on the order of comments, and counts none that is older or yet to come', () => {
    const comment = fc.record({
      account: fc.integer({ min: 1, max: 4 }),
      at: fc.integer({ min: -10, max: 200 }).map(days => NOW - days * DAY),
      topics: fc.subarray(TOPICS.map(({ label }) => label).slice(0, 4)),
    })

    fc.assert(
      fc.property(fc.array(comment, { maxLength: 20 }), comments => {
        const found = recurringTopics(comments, NOW)
        const inWindow = comments.filter(({ at }) => at <= NOW && at > NOW - TOPIC_WINDOW)

        expect(recurringTopics(comments.toReversed(), NOW)).toEqual(found)
        expect(found.every(({ comments, accounts }) => accounts <= comments && comments <= inWindow.length)).toBe(true)
      }),
    )
  })
})
