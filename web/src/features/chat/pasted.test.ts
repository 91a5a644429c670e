import { describe, expect, it } from 'vitest'
import { pastedFiles } from './pasted'

const picture = new File(['x'], 'image.png', { type: 'image/png' })
const pasted = (text: string, files = [picture]) =>
  pastedFiles({ files, getData: (format) => (format === 'text/plain' ? text : '<b>x</b>') }).length

describe('what was pasted', () => {
  it('is a picture where there is nothing else: a screenshot, one of a web page', () => {
    expect(pasted('')).toBe(1)
    expect(pasted(' \n')).toBe(1)
  })

  it('is text where a picture of it comes along: Word, Excel', () => {
    expect(pasted('Berat\t4,6\nSuhu\t38,5')).toBe(0)
    expect(pasted('image.png itu foto tadi pagi')).toBe(0)
  })

  it('is a file where only its name comes along', () => {
    expect(pasted('image.png')).toBe(1)
    expect(pasted('/home/rara/image.png\r\n')).toBe(1)
    expect(pasted('C:\\Foto\\image.png')).toBe(1)
  })

  it('is text where there is no file', () => {
    expect(pasted('Halo', [])).toBe(0)
  })
})
