import { stringify } from 'yaml'
import type { Condition } from '../../domain/model/condition.ts'
import { routesSchema } from '../routes.ts'
import { writtenCondition } from '../schema/written-condition.ts'
import type { Mapping } from './mapping.ts'

type CustomersNote = { kind: 'customers'; text: string; count: number; example: string }

/** What routes.yaml should say of who is a customer, where it says nothing yet and the file holds prospects too. */
export function customersNote({ customers }: Mapping, inUse: Condition): CustomersNote | undefined {
  if (customers === undefined) return undefined
  const standard = routesSchema.parse({}).customers
  if (JSON.stringify(inUse) !== JSON.stringify(standard)) return undefined
  const line = customersLine(customers)
  const text = `The file may hold companies that are not customers yet. So that they are left out of scores and alerts, add to routes.yaml: ${line}`
  return { kind: 'customers', text, count: 1, example: line }
}

/** `customers: {attribute: lifecycle, one_of: [customer]}` */
export function customersLine(customers: Condition): string {
  const options = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false } as const
  return stringify({ customers: writtenCondition(customers) }, options)
    .trim()
    .slice(1, -1)
}
