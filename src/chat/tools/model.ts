import * as z from 'zod'
import { backtestDocument } from '../../documents/backtest.ts'
import { modelDocument } from '../../documents/model.ts'
import { backtestCard } from '../../views/outcomes/backtest-card.ts'
import { askAgainCard } from '../../views/outcomes/progress-card.ts'
import { model as show } from '../model/model.ts'
import { answerInTime } from './answer-in-time.ts'
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
  async run(context, { input: { lead_days: leadDays }, now }) {
    const { settings, study } = context
    const { model, routes } = settings
    const run = { model, scoring: routes.scoring, now, leadDays }
    const asked = { study, question: `backtest ${leadDays} ${model.version}`, now, timeout: TIMEOUT }
    const found = await answerInTime(asked, watch => study.backtest(run, watch))
    if (found.kind === 'done') {
      return { card: backtestCard(model, found.answer), data: { state: 'done', ...backtestDocument(found.answer) } }
    }
    const { done, accounts } = found.progress
    return {
      card: askAgainCard('Backtest', found.progress),
      data: { state: 'running', accounts_done: done, accounts: accounts ?? null },
    }
  },
})

/** An answer is there within five seconds. */
const TIMEOUT = 4_000
