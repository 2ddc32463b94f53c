import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountsInLink, type CrmLink } from '../../src/domain/links/crm-link.ts'
import { crmLink } from '../../src/model/schema/crm-link.ts'

const HUBSPOT = crmLink.parse('https://app.hubspot.com/contacts/*/company/{id}')
const SALESFORCE = crmLink.parse('https://*.lightning.force.com/lightning/r/Account/{salesforce_id}/view')
const QUERY = crmLink.parse('https://crm.example.com/show?account={id}')

const idsIn = (pattern: CrmLink, link: string) => accountsInLink([pattern], link).map(({ value }) => value)

describe('a link to an account in the CRM', () => {
  it.each([
    [HUBSPOT, 'https://app.hubspot.com/contacts/123/company/acme', 'acme'],
    [HUBSPOT, 'https://APP.hubspot.com/contacts/123/company/acme/', 'acme'],
    [HUBSPOT, 'https://app.hubspot.com/contacts/123/company/acme/view/1?tab=notes#top', 'acme'],
    [HUBSPOT, 'https://app.hubspot.com/contacts/123/company/acme%20labs', 'acme labs'],
    [SALESFORCE, 'https://ours.lightning.force.com/lightning/r/Account/0015i00000Ab/view', '0015i00000Ab'],
    [QUERY, 'https://crm.example.com/show?tab=1&account=acme', 'acme'],
  ])('%# says which account it leads to', (pattern, link, id) => {
    expect(accountsInLink([pattern], link)).toEqual([{ by: pattern.by, value: id }])
  })

  it.each([
    ['another host', HUBSPOT, 'https://app.hubspot.com.evil.example/contacts/1/company/acme'],
    ['a host within a name', HUBSPOT, 'https://app.hubspot.com@evil.example/contacts/1/company/acme'],
    ['another port', HUBSPOT, 'https://app.hubspot.com:8443/contacts/1/company/acme'],
    ['no TLS', HUBSPOT, 'http://app.hubspot.com/contacts/1/company/acme'],
    ['another page', HUBSPOT, 'https://app.hubspot.com/contacts/1/contact/acme'],
    ['no id', HUBSPOT, 'https://app.hubspot.com/contacts/1/company/'],
    ['two ids', HUBSPOT, 'https://app.hubspot.com/contacts/1/company/acme/company/beta'],
    ['two ids in its query', QUERY, 'https://crm.example.com/show?account=acme&account=beta'],
    ['an encoded slash', HUBSPOT, 'https://app.hubspot.com/contacts/1/company/..%2Facme'],
    ['an encoded slash elsewhere', HUBSPOT, 'https://app.hubspot.com/contacts/1%2F2/company/acme'],
    ['a torn code', HUBSPOT, 'https://app.hubspot.com/contacts/1/company/%E0%A4'],
    ['a control character', HUBSPOT, 'https://app.hubspot.com/contacts/1/company/ac%00me'],
    ['5,000 characters', HUBSPOT, `https://app.hubspot.com/contacts/1/company/acme?${'x'.repeat(5_000)}`],
    ['nothing', HUBSPOT, ''],
  ])('leads nowhere with %s', (_, pattern, link) => {
    expect(accountsInLink([pattern], link)).toEqual([])
  })

  it('is read without an error, whatever stands there', () => {
    const start = fc.constantFrom('https://app.hubspot.com/contacts/1/company/', 'https://', '')
    fc.assert(
      fc.property(start, fc.string({ unit: 'grapheme', maxLength: 300 }), (start, rest) => {
        for (const id of idsIn(HUBSPOT, start + rest)) expect(id).toMatch(/^[^/\\]+$/)
      }),
    )
  })

  it('brings back every id that can stand between two slashes', () => {
    const ids = fc.string({ minLength: 1, maxLength: 100 }).filter(id => !/[/\\\p{Cc}]|^\s|\s$|^\.{1,2}$/u.test(id))
    fc.assert(
      fc.property(ids, id => {
        const link = `https://app.hubspot.com/contacts/1/company/${encodeURIComponent(id)}`
        expect(idsIn(HUBSPOT, link)).toEqual([id])
      }),
    )
  })
})

describe('the pattern of such a link', () => {
  it.each([
    ['http://app.hubspot.com/company/{id}', 'is not the address of a page'],
    ['https://app.hubspot.com/company', 'say once where the account stands'],
    ['https://app.hubspot.com/{id}/{name}', 'say once where the account stands'],
    ['https://*.com/{id}', 'is not a valid host'],
    ['https://com/{id}', 'is not a valid host'],
    ['https://crm.example.com/account-{id}', 'stands for a whole part'],
    ['https://crm.example.com/a*/{id}', 'stands for a whole part'],
  ])('%s is refused in words', (pattern, sentence) => {
    expect(crmLink.safeParse(pattern).error?.issues[0]?.message).toContain(sentence)
  })
})
