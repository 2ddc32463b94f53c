import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginningsOf, findBeginnings } from '../../src/domain/accounts/name-beginnings.ts'

const names = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'z', 'é', '漢', '😀'), maxLength: 7 }), {
  maxLength: 40,
})

it('finds exactly the names that begin with what was typed, however often it is asked', () => {
  fc.assert(
    fc.property(names, names, fc.nat(40), (all, typed, half) => {
      const parts = [all.slice(0, half), all.slice(half)].map(joined => ({ joined, beginnings: beginningsOf(joined) }))
      const beginningWith = findBeginnings(parts)
      for (const letters of [...typed, ...all, ...typed]) {
        const found = beginningWith(letters)
          .map(({ part, at }) => (part === parts[0] ? at : at + Math.min(half, all.length)))
          .sort((a, b) => a - b)
        const expected = all.flatMap((name, at) => (letters !== '' && name.startsWith(letters) ? at : []))
        expect(found).toEqual(expected)
      }
    }),
  )
})
