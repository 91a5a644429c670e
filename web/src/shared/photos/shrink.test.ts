// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { drawnSize, isHeic, isPicture } from './shrink'

const jpeg = (size: number) => ({ type: 'image/jpeg', size })
const file = (name: string, type: string) => new File(['x'], name, { type })

describe('drawnSize', () => {
  it('leaves small pictures as they are', () => {
    expect(drawnSize({ width: 1200, height: 900 }, jpeg(400_000))).toBeNull()
    expect(drawnSize({ width: 2048, height: 2048 }, { type: 'image/png', size: 900_000 })).toBeNull()
  })

  it.each([
    [4000, 3000, 2048, 1536],
    [3000, 4000, 1536, 2048],
    [692, 5939, 692, 5939],
    [1440, 6000, 1080, 4500],
    [1080, 12_000, 849, 9428],
    [20_000, 1, 12_000, 1],
  ])('draws %i × %i as %i × %i', (width, height, drawnWidth, drawnHeight) => {
    expect(drawnSize({ width, height }, jpeg(3_000_000))).toEqual({ width: drawnWidth, height: drawnHeight })
  })

  it('writes heavy ones anew, in their own size', () => {
    expect(drawnSize({ width: 1600, height: 1200 }, jpeg(5_000_000))).toEqual({ width: 1600, height: 1200 })
  })

  it('turns what the server does not take into what it does, however small', () => {
    expect(drawnSize({ width: 100, height: 80 }, { type: 'image/heic', size: 9000 })).toEqual({
      width: 100,
      height: 80,
    })
    expect(drawnSize({ width: 100, height: 80 }, { type: 'image/gif', size: 9000 })).toEqual({ width: 100, height: 80 })
  })
})

describe('isPicture', () => {
  it('knows HEIC by its name too, since phones give it no type', () => {
    expect(isHeic(file('IMG_0001.HEIC', ''))).toBe(true)
    expect(isPicture(file('IMG_0001.heic', ''))).toBe(true)
  })

  it('takes no documents', () => {
    expect(isPicture(file('hasil-lab.pdf', 'application/pdf'))).toBe(false)
    expect(isPicture(file('logo.svg', 'image/svg+xml'))).toBe(false)
  })
})
