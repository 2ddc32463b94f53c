import { describe, expect, it } from 'vitest'
import { activitySchema } from '../../../adapters/teams/connector/activity.ts'
import { asTyped, isMentioned, textOfHtml } from '../../../adapters/teams/inbound/as-typed.ts'

function said(text: string, more: object = {}) {
  return activitySchema.parse({
    type: 'message',
    serviceUrl: 'https://smba.trafficmanager.net/teams/',
    channelId: 'msteams',
    from: { id: '29:dana' },
    recipient: { id: '28:bot' },
    conversation: { id: '19:c@thread.tacv2' },
    text,
    ...more,
  })
}

function mention(text: string, id: string, name: string) {
  return { type: 'mention', text, mentioned: { id, name } }
}

describe('what somebody typed', () => {
  it('loses the bot’s own mention and keeps the others by name', () => {
    const activity = said('<at>Rounds</at> tasks <at>Eve</at>\n', {
      entities: [
        { type: 'clientInfo' },
        mention('<at>Rounds</at>', '28:bot', 'Rounds'),
        mention('<at>Eve</at>', '29:eve', 'Eve'),
      ],
    })

    expect(asTyped(activity)).toBe('tasks @Eve')
    expect(isMentioned(activity)).toBe(true)
  })

  it('is nothing when only the bot was named', () => {
    const entities = [mention('<at>Rounds</at>', '28:bot', 'Rounds')]

    expect(asTyped(said('<at>Rounds</at>&nbsp;', { entities }))).toBe('')
  })

  it('has no mention in it that nobody made', () => {
    expect(isMentioned(said('<at>Rounds</at> acme'))).toBe(false)
    expect(isMentioned(said('x', { entities: [{ type: 'mention' }, null, 7, mention('', '28:bot', '')] }))).toBe(false)
  })

  it('is decoded once', () => {
    expect(asTyped(said('AT&amp;T &amp;lt;b&gt; a\u00a0b'))).toBe('AT&T &lt;b> a b')
    expect(asTyped(said('<b>acme</b>', { textFormat: 'xml' }))).toBe('acme')
    expect(asTyped(said('&#65;&#x42;&#0;&nothing;'))).toBe('AB&#0;&nothing;')
  })

  it('keeps what only looks like markup in plain text', () => {
    expect(asTyped(said('a <b> c', { textFormat: 'plain' }))).toBe('a <b> c')
  })
})

describe('a message handed over as HTML', () => {
  it('is its words, line by line', () => {
    const html = '<div><p>Hello&nbsp;Dana,</p><p>we <b>leave</b> at&nbsp;&lt;31&gt;.<br>Sorry</p></div>'

    expect(textOfHtml(html)).toBe('Hello Dana,\nwe leave at <31>.\nSorry')
  })

  it('has the words of an emoji, and nothing of what is attached', () => {
    expect(textOfHtml('ok <img src="x" alt="👍"><attachment id="1">card</attachment>')).toBe('ok 👍')
  })

  it('stays quick on hostile nesting', () => {
    expect(textOfHtml(`${'<div '.repeat(20_000)}x`)).toContain('x')
  })
})
