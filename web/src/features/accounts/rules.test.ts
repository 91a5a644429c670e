import { describe, expect, it } from 'vitest'
import { phoneNumber, refuseEmail, refuseName, refusePassword, refusePhone, spacedPhone } from './rules'

describe('sign-up rules', () => {
  it.each(['0812 3456 7890', '+62 812-3456-7890', '62812 3456 7890', '81234567890'])(
    'reads %s as the same number',
    (typed) => {
      expect(refusePhone(typed)).toBeNull()
      expect(phoneNumber(typed)).toBe('+6281234567890')
      expect(spacedPhone(typed)).toBe('812 3456 7890')
    },
  )

  it('says what is wrong with a phone number', () => {
    expect(refusePhone('')).toBe('accounts.refusals.phoneMissing')
    expect(refusePhone('0812 34')).toBe('accounts.refusals.phoneShort')
    expect(refusePhone('021 555 1234')).toBe('accounts.refusals.phoneNotMobile')
    expect(refusePhone('0812 3456 7890 123')).toBe('accounts.refusals.phoneLong')
  })

  it('wants a whole e-mail address', () => {
    expect(refuseEmail(' rara@contoh.id ')).toBeNull()
    for (const email of ['rara', 'rara@contoh', '@contoh.id', 'ra ra@contoh.id', 'rara@contoh.'])
      expect(refuseEmail(email), email).toBe('accounts.refusals.emailIncomplete')
  })

  it('counts a password in bytes, as the server does', () => {
    expect(refusePassword('1234567')).toBe('accounts.refusals.passwordShort')
    expect(refusePassword('12345678')).toBeNull()
    expect(refusePassword('a'.repeat(72))).toBeNull()
    expect(refusePassword('é'.repeat(37))).toBe('accounts.refusals.passwordLong')
  })

  it('wants a name', () => {
    expect(refuseName('   ')).toBe('accounts.refusals.nameMissing')
    expect(refuseName('Rara')).toBeNull()
  })
})
