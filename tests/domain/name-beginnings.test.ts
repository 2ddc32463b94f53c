import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginningsOf } from '../../src/domain/accounts/name-beginnings.ts'

const names = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'z', 'é', '漢', '😀'), maxLength: 7 }), {
  maxLength: 40,
})

it('finds exactly the names that begin with what was typed, however often it is asked', () => {
  fc.assert(
    fc.property(names, names, (all, typed) => {
      const beginningWith = beginningsOf(all)
      for (const letters of [...typed, ...all, ...typed]) {
        const found = [...beginningWith(letters)].sort((a, b) => a - b)
        const expected = all.flatMap((name, at) => (letters !== '' && name.startsWith(letters) ? at : []))
        expect(found).toEqual(expected)
      }
    }),
  )
})
