import type { AlertDetails } from '../../src/domain/alerts/alert-details.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import type { PortfolioLine } from '../../src/store/portfolio/portfolio.ts'
import { alertCard } from '../../src/views/alerts/alert-card.ts'
import type { Card } from '../../src/views/card.ts'
import { heldItem } from '../../src/views/home/held-item.ts'
import { morningCard } from '../../src/views/home/morning-card.ts'

/** A morning with some of everything that it can bring. */
export function fullMorning(model: Model, lines: readonly PortfolioLine[], alert: AlertDetails, now: number): Card {
  const renewals = lines
    .slice(5, 7)
    .map((line, at) => ({ ...line, renewalOn: dayOf(now + (9 + at) * DAY), alerts: [] }))
  const chosen = lines.slice(0, 5).map(line => ({ ...line, alerts: [alert] }))
  const held = [heldItem({ card: alertCard(model, alert, { showArr: true }), alerts: [alert.id] })]
  const reader = { email: 'ana@example.com', timeZone: 'UTC', now }
  return morningCard(
    model,
    { five: { chosen, rest: 4 }, held, overloaded: [{ name: 'Ana', atRisk: 7 }], renewals },
    reader,
  )
}
