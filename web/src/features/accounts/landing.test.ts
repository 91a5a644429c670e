import { expect, it } from 'vitest'
import { landingOf, returnAddress } from './landing'

it('sends doctors to their dashboard, the staff to what waits for it, and everybody else home', () => {
  expect(landingOf('dokter')).toBe('/dokter/dashboard')
  expect(landingOf('admin')).toBe('/admin')
  expect(landingOf('user')).toBe('/')
  expect(landingOf(null)).toBe('/')
})

it.each([
  ['/dokter/d1?lanjut=sekarang', '/dokter/d1?lanjut=sekarang'],
  ['//elsewhere.test', null],
  ['/\\elsewhere.test', null],
  ['https://elsewhere.test', null],
  ['javascript:alert(1)', null],
  [undefined, null],
])('returns to %s only within the app', (query, address) => expect(returnAddress(query)).toBe(address))
