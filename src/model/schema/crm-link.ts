import * as z from 'zod'
import { type CrmLink, placeholder, segmentsOf } from '../../domain/links/crm-link.ts'
import { refuse } from './finding.ts'

const EXAMPLE = 'Write one such as "https://app.hubspot.com/contacts/*/company/{id}".'

/** The address of an account's page, with `{id}` or `{attribute}` where the account stands and `*` for what varies. */
export const crmLink = z.string().transform((text, context): CrmLink => {
  const refused = (problem: string, remedy = EXAMPLE) => {
    refuse(context, problem, remedy)
    return z.NEVER
  }
  const [, host = '', path = '', search = ''] = /^https:\/\/([^/?#]+)(\/[^?#]*)?(?:\?([^#]*))?$/.exec(text) ?? []
  if (host === '') return refused(`"${text}" is not the address of a page.`)
  const [by, ...others] = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name.trim())
  if (!by || others.length > 0) return refused('It should say once where the account stands.')
  const labels = host.toLowerCase().split('.')
  if (
    labels.length < 2 ||
    labels.slice(-2).includes('*') ||
    !labels.every(label => /^([a-z\d-]+|\*)(:\d+)?$/.test(label))
  )
    return refused(`"${host}" is not a valid host.`, 'Write its name; a * may stand for a part before the domain.')
  const parts = segmentsOf(path)
  const query = new Map(search === '' ? [] : new URLSearchParams(search))
  const all = [...(parts ?? []), ...query.values()]
  if (parts === undefined || all.some(part => part !== '*' && part !== placeholder(by) && /[*{}]/.test(part)))
    return refused('A * or {id} stands for a whole part of the address.', 'Put it between two slashes, or after a =.')
  return { host: labels, path: parts, query, by }
})
