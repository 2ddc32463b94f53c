import { describe, expect, it } from 'vitest'
import { demoPortfolio } from '../../src/demo/portfolio.ts'
import { attributesOf } from '../../src/domain/accounts/account.ts'
import { DEFAULT_PRESET, presetNames } from '../../src/model/presets.ts'
import { evaluateMornings, MORNING, observed, presetModel } from '../support/story-days.ts'
import { signalsByAccount } from '../support/story-signals.ts'

const NAMES = presetNames().filter(name => name !== DEFAULT_PRESET)

describe('the demo of every other preset', () => {
  it.each(NAMES)('%s has news of one account on the last morning', name => {
    const portfolio = demoPortfolio({ seed: 5, endsOn: '2026-11-01', preset: name })
    const signals = signalsByAccount(portfolio)
    const model = presetModel(name)
    const news = portfolio.accounts.flatMap(({ id, attributes }) => {
      const account = observed(signals.get(id) ?? [], attributesOf(attributes))
      return (
        evaluateMornings(model, account, MORNING, 2)
          .at(-1)
          ?.transitions.map(({ kind, driver }) => [id, kind, driver]) ?? []
      )
    })

    expect(news).toEqual([[name === 'insurance' ? 'bad-claim' : 'dunmarrow-steel', 'sharp_drop', 'cap']])
  })
})
