/**
 * Translators and other extensions put elements of their own around the words of a page. Vue holds on to the text that it made: putting
 * something before it, where it is no child any more, would throw, and the page would stand still.
 */

/** The child of `parent` that holds `node` now; null when it is not there at all. */
function childHolding(parent: Node, node: Node): Node | null {
  let holder: Node | null = node
  while (holder && holder.parentNode !== parent) holder = holder.parentNode
  return holder
}

export function tolerateForeignDom(prototype: Node = Node.prototype): void {
  const { insertBefore, removeChild } = prototype

  prototype.insertBefore = function <Inserted extends Node>(this: Node, node: Inserted, before: Node | null): Inserted {
    const place = before && before.parentNode !== this ? childHolding(this, before) : before
    return insertBefore.call(this, node, place) as Inserted
  }
  prototype.removeChild = function <Removed extends Node>(this: Node, child: Removed): Removed {
    if (child.parentNode === this) return removeChild.call(this, child) as Removed
    const holder = childHolding(this, child)
    if (holder) removeChild.call(this, holder)
    return child
  }
}
