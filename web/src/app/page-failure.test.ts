// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { arrivalFailed, arrived, clearPageFailure, pageFailure } from './page-failure'

const missing = () =>
  new TypeError('Failed to fetch dynamically imported module: https://app.test/assets/PetPage-abc.js')

describe('a page whose code does not come', () => {
  const reload = vi.fn()
  beforeEach(() => {
    sessionStorage.clear()
    clearPageFailure()
    reload.mockReset()
    vi.spyOn(window.location, 'assign').mockImplementation(reload)
  })
  afterEach(() => vi.restoreAllMocks())

  it('is loaded anew once by itself, then says so', () => {
    arrivalFailed(missing(), '/hewan/1')
    expect([reload.mock.calls, pageFailure.value]).toEqual([[['/hewan/1']], null])
    arrivalFailed(missing(), '/hewan/1')
    expect([reload.mock.calls.length, pageFailure.value?.address]).toEqual([1, '/hewan/1'])
  })

  it.each([
    'Importing a module script failed.',
    'error loading dynamically imported module: /x.js',
    'Unable to preload CSS for /assets/x.css',
  ])('is known in every browser: %s', (message) => {
    arrivalFailed(new Error(message), '/hewan')
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it('is loaded anew again after the next release', () => {
    arrivalFailed(missing(), '/hewan/1')
    arrived()
    arrivalFailed(missing(), '/hewan/1')
    expect(reload).toHaveBeenCalledTimes(2)
  })

  it('says so at once where nothing can be remembered, without a network, and for other errors', () => {
    vi.stubGlobal('sessionStorage', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    arrivalFailed(missing(), '/hewan/1')
    vi.unstubAllGlobals()
    arrivalFailed(new Error('slip'), '/hewan/2')
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    arrivalFailed(missing(), '/hewan/3')
    expect([reload.mock.calls.length, pageFailure.value?.address]).toEqual([0, '/hewan/3'])
  })
})
