// What keeps somebody from using a page, as far as a machine can find it.

import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** A line of what is somewhere else as a whole, and one press away. */
const PREVIEWS = '.preview .words, .result .text, .reply .body, .talk-tab .first'
/** The gateway's own page, which in production is not ours, and what Reka UI passes the focus on with, where it never stays. */
const FOREIGN = ['iframe[src*="/snap/"]', '[data-reka-focus-guard]']

/** Every rule of axe-core: WCAG up to AAA, best practice, and what is still tried out. */
const EVERY_RULE = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental']

/** Rules that are not ours to keep, each with its reason. */
const EXCEPTIONS = {
  // AAA wants 7:1. We keep AA, 4.5:1 (color-contrast), in both schemes: the colours of the brand reach no more on white.
  'color-contrast-enhanced': { enabled: false },
}

/** What axe finds, a line for each rule. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await FOREIGN.reduce((axe, part) => axe.exclude(part), new AxeBuilder({ page })).options({ runOnly: { type: 'tag', values: EVERY_RULE }, rules: EXCEPTIONS, resultTypes: ['violations'] }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** Where a page does not fit: it scrolls sideways, cuts words off, or writes them over each other. */
export async function misfits(page: Page): Promise<string[]> {
  return page.evaluate(async (previews) => {
    // Whatever looks at the size of the window has seen it after two frames.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn))
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !element.closest('[aria-hidden=true], .visually-hidden'))
      found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide: ${wide.slice(0, 4).map(name).join(', ')}`)
    }

    function name(element: Element): string {
      const words = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)
      return `<${element.localName} class="${element.getAttribute('class')?.slice(0, 40) ?? ''}"> “${words}”`
    }

    const dialog = [...document.querySelectorAll('[role=dialog], [role=menu]')].at(-1)
    interface Line {
      element: Element
      box: DOMRect
      layer: Element
    }
    const lines: Line[] = []
    const walker = document.createTreeWalker(dialog ?? document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      const element = node.parentElement
      if (!element || node.textContent?.trim() === '' || element.closest('svg, script, style, .visually-hidden, .skip, option, [inert], [aria-hidden=true]') || element.closest(previews)) continue
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      // Whatever moves apart from the rest of the page may lie over it.
      let layer: Element = document.body
      let isHidden = false
      for (let around: Element | null = element; around && around !== document.body; around = around.parentElement) {
        const style = getComputedStyle(around)
        if (layer === document.body && /fixed|sticky|absolute/.test(style.position)) layer = around
        if (layer === document.body && /auto|scroll/.test(`${style.overflowX} ${style.overflowY}`) && around.scrollHeight > around.clientHeight) layer = around
        if (isHidden) continue
        const box = around.getBoundingClientRect()
        const text = range.getBoundingClientRect()
        const cutsX = /hidden|clip/.test(style.overflowX) && (text.right > box.right + 2 || text.left < box.left - 2)
        const cutsY = /hidden|clip/.test(style.overflowY) && (text.bottom > box.bottom + size / 2 || text.top < box.top - size / 2)
        const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY)
        if (cutsX || cutsY) {
          found.push(`cut off: ${name(element)}`)
          isHidden = true
        }
        if (scrolls) isHidden = true
      }
      for (const box of range.getClientRects()) if (box.width > 1) lines.push({ element, box, layer })
    }

    const said = new Set<string>()
    for (const [index, one] of lines.entries()) {
      for (const other of lines.slice(index + 1)) {
        if (one.element === other.element || one.layer !== other.layer) continue
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        // Lines of text have room above and below their letters.
        if (wide > 2 && high > Math.min(one.box.height, other.box.height) / 2) said.add(`over each other: ${name(one.element)} and ${name(other.element)}`)
      }
    }
    return [...found, ...said]
  }, PREVIEWS)
}

/** Where somebody who chooses the colours cannot see what may be pressed, or what is chosen. */
export async function withoutEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pressable = 'button, [role=button], label:has(> input:is([type=radio], [type=checkbox]))'
    const chosen = 'label:has(> input:checked), [aria-pressed=true], [aria-current]:not([aria-current=false])'
    const seen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.visually-hidden, [inert], [aria-hidden=true]') && element.getBoundingClientRect().width > 1
    const edge = (element: Element) => {
      const { outlineStyle, outlineWidth, borderTopStyle, borderTopWidth } = getComputedStyle(element)
      const width = (style: string, size: string) => (style === 'none' ? 0 : Number.parseFloat(size))
      return Math.max(width(outlineStyle, outlineWidth), width(borderTopStyle, borderTopWidth))
    }
    const name = (element: Element) => `<${element.localName} class="${element.getAttribute('class')?.slice(0, 40) ?? ''}"> “${(element.textContent ?? '').trim().slice(0, 40)}”`
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(seen)
    return [
      ...all(pressable).filter((element) => edge(element) < 1).map((element) => `no edge: ${name(element)}`),
      ...all(chosen).filter((element) => edge(element) < 3).map((element) => `not seen to be chosen: ${name(element)}`),
    ]
  })
}
