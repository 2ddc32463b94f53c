import { roundedTo, sumOf } from '../number.ts'
import { COMPONENT_KINDS, type Component, type ComponentKind, type Model, type Tag } from './model.ts'

/** How a model's weight is shared out, in whole percent. */
export type ModelShares = {
  /** In the order of the components; together 100. */
  readonly components: readonly { readonly component: Component; readonly percent: number }[]
  readonly tagged: (tag: Tag) => number
  /** The kinds that the model uses. */
  readonly kinds: readonly { readonly kind: ComponentKind; readonly percent: number }[]
}

export function sharesOf({ components }: Model): ModelShares {
  const total = sumOf(components, ({ weight }) => weight)
  const percents = roundedTo(
    100,
    components.map(({ weight }) => (100 * weight) / total),
  )
  const parts = components.map((component, index) => ({ component, percent: percents[index] ?? 0 }))
  const percentOf = (counts: (component: Component) => boolean) =>
    sumOf(parts, ({ component, percent }) => (counts(component) ? percent : 0))
  return {
    components: parts,
    tagged: tag => percentOf(({ tags }) => tags.includes(tag)),
    kinds: COMPONENT_KINDS.map(kind => ({ kind, percent: percentOf(component => component.kind === kind) })).filter(
      ({ percent }) => percent > 0,
    ),
  }
}
