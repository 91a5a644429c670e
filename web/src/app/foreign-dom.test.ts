// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick, ref, Fragment } from 'vue'
import { tolerateForeignDom } from './foreign-dom'

tolerateForeignDom()

/** Moves each text into an element, as translators do; `anew` replaces it by a translated one. */
function wrap(root: Node, isAnew: boolean): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Node[] = []
  while (walker.nextNode()) if (walker.currentNode.textContent?.trim()) texts.push(walker.currentNode)
  for (const text of texts) {
    const font = document.createElement('font')
    text.parentNode?.replaceChild(font, text)
    font.append(isAnew ? document.createTextNode(`[${text.textContent}]`) : text)
  }
}

describe.each([false, true])('words that somebody else wrapped (anew: %s)', (isAnew) => {
  it('go on counting, get neighbours, and go', async () => {
    const left = ref(3)
    const isLate = ref(false)
    const list = ref(['a'])
    const page = mount(
      defineComponent(
        () => () =>
          h('div', [
            isLate.value ? h('strong', 'late') : null,
            'Bayar dalam ',
            h('span', { class: 'left' }, left.value),
            h(
              Fragment,
              list.value.map((word) => h('p', { key: word }, word)),
            ),
            isLate.value ? null : 'sisa',
          ]),
      ),
      { attachTo: document.body },
    )
    wrap(page.element, isAnew)
    left.value = 2
    isLate.value = true
    list.value = ['b', 'a', 'c']
    await nextTick()
    expect(page.find('.left').text()).toBe('2')
    expect(page.find('strong').exists()).toBe(true)
    expect(page.findAll('p')).toHaveLength(3)
    wrap(page.element, isAnew)
    isLate.value = false
    list.value = ['c']
    await nextTick()
    expect(page.find('strong').exists()).toBe(false)
    expect(page.findAll('p')).toHaveLength(1)
    page.unmount()
  })
})
