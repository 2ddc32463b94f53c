import type { FormHandler } from './form-handler.ts'
import { pulse } from './pulse.ts'

export const FORMS: readonly FormHandler[] = [pulse]
