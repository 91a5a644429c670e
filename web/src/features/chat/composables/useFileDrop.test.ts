import { expect, it, vi } from 'vitest'
import { useFileDrop } from './useFileDrop'

const place = { contains: (part: unknown) => part === 'inside' }
const drag = (types: string[], relatedTarget: unknown = null) =>
  ({
    dataTransfer: { types, files: ['a photo'], dropEffect: 'none' },
    preventDefault: vi.fn(),
    currentTarget: place,
    relatedTarget,
  }) as unknown as DragEvent

it('files are taken where they are wanted, and shown to be', () => {
  const take = vi.fn()
  const { isOver, listeners } = useFileDrop(() => true, take)
  const over = drag(['Files'])
  listeners.dragover(over)
  expect([isOver.value, over.dataTransfer?.dropEffect]).toEqual([true, 'copy'])
  listeners.dragleave(drag(['Files'], 'inside'))
  expect(isOver.value).toBe(true)
  listeners.drop(drag(['Files']))
  expect(take).toHaveBeenCalledWith(['a photo'])
  expect(isOver.value).toBe(false)
})

it('files are not opened by the browser where they are not wanted, and words are none of its business', () => {
  const take = vi.fn()
  const { isOver, listeners } = useFileDrop(() => false, take)
  const files = drag(['Files'])
  listeners.dragover(files)
  listeners.drop(files)
  expect(files.preventDefault).toHaveBeenCalledTimes(2)
  const words = drag(['text/plain'])
  listeners.drop(words)
  expect(words.preventDefault).not.toHaveBeenCalled()
  expect([take.mock.calls.length, isOver.value]).toEqual([0, false])
})
