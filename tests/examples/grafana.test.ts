import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import dashboard from '../../examples/grafana/rounds.json' with { type: 'json' }
import type { ChatAdapter } from '../../src/chat/port.ts'
import { createMetrics } from '../../src/metrics.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { NOW, type Service, SIGNAL, startService } from '../http/service.ts'
import { named } from '../support/named-message.ts'

let service: Service
/** By the name of each series, the labels that it has, each with its values. */
let series: Map<string, Map<string, Set<string>>>

beforeAll(async () => {
  service = await startService()
  const metrics = createMetrics(service.connection, () => NOW)
  await service.post([SIGNAL, { ...SIGNAL, account_id: 'nobody' }])
  const message = { to: { platform: 'slack', channel: 'C1' }, card: { title: '', summary: '', parts: [] }, alerts: [] }
  await addMessage(service.connection.db, { ...message, ...named('a'), at: NOW - 90_000 })
  await saveSlotsSeen(service.connection.db, 'scoring', '{}', NOW - 5_000)
  const chat = { platform: 'slack', post: async () => ({ channel: 'C1', id: '1' }) } as unknown as ChatAdapter
  await metrics.counted(chat).post({ channel: 'C1' }, message.card)
  const score = metrics.timed(async () => 1)
  await score({ purpose: 'now' } as Parameters<typeof score>[0])
  series = seriesIn(await metrics.text())
})

afterAll(() => service.end())

const targets = dashboard.panels.flatMap(({ title, targets }) => targets.map(target => ({ title, ...target })))

describe('the Grafana dashboard', () => {
  it.each(targets)('asks for "$title" by names and labels that /metrics has', ({ expr, legendFormat }) => {
    const names = expr.match(/\b(rounds|process|nodejs)_\w+/g) ?? []
    const [, grouped = ''] = /by \(([^)]*)\)/.exec(expr) ?? []
    const labels = grouped.split(',').map(label => label.trim())

    expect(names).toHaveLength(1)
    const known = series.get(names[0] ?? '') ?? new Map<string, Set<string>>()
    expect([...series.keys()]).toContain(names[0])
    for (const label of labels.filter(label => label !== '')) expect([...known.keys()]).toContain(label)
    for (const [, label = '', operator, value = ''] of expr.matchAll(/(\w+)(=~?)"([^"]*)"/g)) {
      const fitting = new RegExp(operator === '=~' ? `^(${value})$` : `^${value}$`)
      expect([...(known.get(label) ?? [])].filter(one => fitting.test(one))).not.toEqual([])
    }
    const shown = [...legendFormat.matchAll(/{{(\w+)}}/g)].map(([, label]) => label)
    expect(labels).toEqual(expect.arrayContaining(shown))
  })

  it('has what an import needs: ids, places that do not overlap, and one source to choose', () => {
    const { panels, templating, schemaVersion, uid, title } = dashboard
    expect({ title, uid }).toEqual({ title: 'Rounds', uid: 'rounds' })
    expect(schemaVersion).toBeGreaterThanOrEqual(36)
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource', query: 'prometheus' }])
    for (const { type, datasource, gridPos, targets } of panels) {
      expect(['timeseries', 'stat']).toContain(type)
      expect(datasource).toEqual({ type: 'prometheus', uid: '$'.concat('{datasource}') })
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length)
    }
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
  })
})

function seriesIn(text: string) {
  const found = new Map<string, Map<string, Set<string>>>()
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z]\w*)(?:{([^}]*)})? /gm)) {
    const known = found.get(name) ?? new Map<string, Set<string>>()
    found.set(name, known)
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      known.set(label, (known.get(label) ?? new Set()).add(value))
    }
  }
  return found
}
