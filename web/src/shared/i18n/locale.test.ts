// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { chosenLocale, storeLocale, wantedLocale } from './locale'

const goTo = (address: string) => window.history.replaceState(null, '', address)

beforeEach(() => {
  localStorage.clear()
  document.cookie = 'locale=; expires=Thu, 01 Jan 1970 00:00:00 GMT'
  goTo('/')
})

describe('the language', () => {
  it('is Indonesian until somebody chooses', () => {
    expect(wantedLocale()).toBe('id')
    expect(chosenLocale()).toBeNull()
  })

  it('is what was chosen, which the server reads as well', () => {
    storeLocale('en')
    expect(wantedLocale()).toBe('en')
    expect(document.cookie).toContain('locale=en')
    localStorage.clear()
    expect(wantedLocale()).toBe('en')
  })

  it('is that of the address before all else, without becoming a choice', () => {
    storeLocale('en')
    goTo('/dokter?lang=id')
    expect(wantedLocale()).toBe('id')
    expect(chosenLocale()).toBe('en')
    goTo('/dokter?lang=xx')
    expect(wantedLocale()).toBe('en')
  })
})
