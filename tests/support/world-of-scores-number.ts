import type { OracleWorld, RawModel } from './oracle-model.ts'

/** A model whose score is the newest number, with bands at 40 and at `healthyFrom`. */
export const newestNumber = (healthyFrom: number, settling?: RawModel['settling']): RawModel => ({
  name: 'one number',
  components: [
    { id: 'only', weight: 1, measures: [{ id: 'it', metric: 'it', take: 'latest', scale: { 0: 0, 100: 100 } }] },
  ],
  bands: [
    { id: 'at_risk', role: 'at_risk', from: 0 },
    { id: 'attention', role: 'attention', from: 40 },
    { id: 'healthy', role: 'healthy', from: healthyFrom },
  ],
  settling: settling ?? { dwell: 2, margin: 5, sharp_drop: { points: 15, over: '30d' } },
})

/** An account with these numbers, each known when it was observed. */
export const withNumbers = (
  model: RawModel,
  numbers: readonly (readonly [at: number, value: number])[],
): OracleWorld => ({
  model,
  account: { id: 'acme', name: 'Acme' },
  attributes: [],
  signals: numbers.map(([at, value]) => ({ metric: 'it', value, observedAt: at, receivedAt: at, id: '' })),
})
