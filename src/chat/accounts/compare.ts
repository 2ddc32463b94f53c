import { opinionsOn } from '../../domain/model/compare-bands.ts'
import { presetBands } from '../../model/preset-bands.ts'
import { compareCard } from '../../views/accounts/compare-card.ts'
import { statusBadge, verdictWords } from '../../views/scoring/status-text.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'
import type { Command } from '../command.ts'
import { audienceOf, withAccount } from './find/with-account.ts'
import { scoreStyleFor } from './score-style.ts'

/** What the presets' bands say of an account's score. */
export const compare: Command = (context, request, rest) =>
  withAccount(context, request, withoutFlag(rest), 'compare', async account => {
    const { model } = context.settings
    const { health, verdict } = await checkAccount(context.connection, model, account, context.clock())
    const { score, bands, segment } = health.now
    const shown = score?.shown
    const source = segment === undefined ? 'Your model' : `Your model, segment ${segment}`
    const [own] = shown === undefined ? [] : opinionsOn(shown, [{ name: model.name, source, bands }])
    const presets = shown === undefined ? [] : opinionsOn(shown, presetBands())
    const style = await scoreStyleFor(context, request.actor, account.key, shown)
    const announced = own === undefined || own.band.id === verdict ? undefined : verdictWords(model, verdict)
    const card = compareCard(account, shown, own, presets, statusBadge(model, shown, verdict, style), announced)
    return { kind: 'card', card, audience: audienceOf(request) }
  })

/** The flag may be left out, and chat clients like to turn two dashes into one. */
function withoutFlag(text: string): string {
  const name = text.replace(/(^|\s)(?:--|—|–)presets(?=\s|$)/iu, ' ').trim()
  return name.replace(/^["'“„](.*)["'”“]$/su, '$1').trim()
}
