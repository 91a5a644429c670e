// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { mountInApp } from '@/testing/mount'
import type { GalleryPicture } from '../gallery'
import PictureViewer from './PictureViewer.vue'

vi.mock('@/features/accounts/api', () => ({ fetchMe: () => Promise.resolve(null) }))

const picture = (key: string, width: number, height: number) =>
  ({
    key,
    url: `/${key}`,
    thumbnailUrl: `/${key}`,
    width,
    height,
    caption: '',
    mine: false,
    at: '2026-11-24T09:30:00.000Z',
  }) as unknown as GalleryPicture
const pictures = [picture('photo', 1600, 1200), picture('result', 692, 5939)]

describe('the large view', () => {
  let page: VueWrapper
  const press = (key: string) => window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  const open = async (key: string | null) => {
    page = await mountInApp(PictureViewer, { pictures, name: 'Rara', modelValue: key })
    await flushPromises()
  }
  const stage = () => document.querySelector('[data-testid="stage"]')
  afterEach(() => page.unmount())

  it('leaves the arrow keys to whoever writes while it is closed', async () => {
    await open(null)
    press('ArrowRight')
    press('ArrowLeft')
    await flushPromises()
    expect(page.emitted('update:modelValue')).toBeUndefined()
    expect(document.querySelector('[role="dialog"]')).toBeNull()
  })

  it('leafs by them while it is open', async () => {
    await open('photo')
    press('ArrowRight')
    expect(page.emitted('update:modelValue')).toEqual([['result']])
  })

  it('shows what is long as wide as the screen, to be scrolled, and whole on demand', async () => {
    await open('result')
    expect(stage()?.className).toContain('close tall')
    expect(stage()?.getAttribute('tabindex')).toBe('0')
    document.querySelector<HTMLElement>('[aria-label="Tampilkan seluruh foto"]')?.click()
    await flushPromises()
    expect(stage()?.className).not.toContain('close')
  })

  it('shows others whole, and closer on demand', async () => {
    await open('photo')
    expect(stage()?.className).not.toContain('close')
    document.querySelector<HTMLElement>('[aria-label="Perbesar foto"]')?.click()
    await flushPromises()
    expect(stage()?.className).toContain('close plain')
  })
})
