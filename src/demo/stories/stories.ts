import { B2B_SERVICES } from './industries/b2b-services.ts'
import { ECOMMERCE } from './industries/ecommerce.ts'
import { FINANCIAL_SERVICES } from './industries/financial-services.ts'
import { INSURANCE } from './industries/insurance.ts'
import { RETAIL } from './industries/retail.ts'
import { FALLING } from './saas/falling.ts'
import { MOVED } from './saas/moved.ts'
import { NEWLY_AT_RISK } from './saas/newly-at-risk.ts'
import { STANDING } from './saas/standing.ts'
import { TURNED } from './saas/turned.ts'
import type { Story } from './story.ts'

const SAAS = [...NEWLY_AT_RISK, ...TURNED, ...FALLING, ...MOVED, ...STANDING]

/** Every story, each once, for the demo and for the tests. */
export const STORIES: readonly Story[] = [...SAAS, B2B_SERVICES, ECOMMERCE, FINANCIAL_SERVICES, INSURANCE, RETAIL]
