import { z } from 'zod'
import { modelDocument } from '../../documents/model.ts'
import { model as show } from '../model/model.ts'
import { backtest as look } from '../outcomes/backtest.ts'
import { cardOf, reading } from './tool.ts'

export const model = reading({
  name: 'model',
  title: 'The model',
  description:
    'How the score is made: components, weights, measures, bands, caps. Use it for "what counts, and how much?".',
  input: {},
  async run(context, { use }) {
    return { card: await cardOf(context, use, show, ''), data: modelDocument(context.settings.model) }
  },
})

export const backtest = reading({
  name: 'backtest',
  title: 'Backtest',
  description:
    'How well the score foresaw what really happened, with intervals. Use it for "can the score be trusted?". It may take a while: then the answer says so, and the same question gets the result later.',
  input: { lead_days: z.number().int().min(1).max(365).default(90).describe('How long before each outcome, in days.') },
  async run(context, { use, input: { lead_days: days } }) {
    return { card: await cardOf(context, use, look, `${days}d`) }
  },
})
