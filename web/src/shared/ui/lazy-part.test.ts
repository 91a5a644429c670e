// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { expect, it, vi } from 'vitest'
import { lazyPart } from './lazy-part'

const Sheet = defineComponent({
  props: { open: Boolean },
  emits: ['update:open'],
  setup:
    (props, { slots, emit }) =>
    () =>
      h('section', [
        slots.default?.(),
        props.open ? slots.body?.() : null,
        h('button', { onClick: () => emit('update:open', false) }),
      ]),
})

it('shows its trigger at once, and is the part itself with all that it was given from then on', async () => {
  const closed = vi.fn()
  const Part = lazyPart(async () => ({ default: Sheet }), true)
  const wrapper = mount(Part, {
    attrs: { open: true, 'onUpdate:open': closed },
    slots: { default: 'Buka', body: 'Isi' },
  })
  expect(wrapper.text()).toBe('Buka')
  await flushPromises()
  expect(wrapper.text()).toBe('BukaIsi')
  await wrapper.get('button').trigger('click')
  expect(closed).toHaveBeenCalledWith(false)
})

it('is not there at all before it has come, where its default slot is its content', async () => {
  const Part = lazyPart(async () => ({ default: Sheet }), false)
  const wrapper = mount(Part, { slots: { default: 'Isi' } })
  expect(wrapper.text()).toBe('')
  await flushPromises()
  expect(wrapper.text()).toBe('Isi')
})
