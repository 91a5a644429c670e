// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { standingOf, validityOf } from './standing'
import { document, licence } from './testing'

const pending = (documents = [document]) => licence({ status: 'submitted', documents })

it.each([
  ['documents', 'applied', pending([])],
  ['waiting', 'applied', pending()],
  ['waiting', 'applied', null],
  ['rejected', 'rejected', null],
  ['documents', 'rejected', pending([])],
  ['waiting', 'rejected', pending()],
  ['suspended', 'suspended', pending()],
  ['verified', 'verified', pending([])],
] as const)('%s is where somebody stands who is %s', (standing, status, pendingLicence) => {
  expect(standingOf({ status, pendingLicence })).toBe(standing)
})

it.each([
  ['expired', '2026-11-23'],
  ['ending', '2026-11-24'],
  ['ending', '2027-01-23'],
  ['valid', '2027-01-24'],
] as const)('a licence is %s that holds until %s', (validity, expiresOn) => {
  expect(validityOf(licence({ expiresOn }), '2026-11-24')).toBe(validity)
})
