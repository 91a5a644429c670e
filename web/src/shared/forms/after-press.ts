/**
 * Runs something that may move the page only when no finger or mouse button is down. Leaving a field by pressing the send button
 * would otherwise show the field's error, push the button away from under the pointer, and lose the click.
 */
let isDown = false

window.addEventListener('pointerdown', () => (isDown = true), true)
for (const end of ['pointerup', 'pointercancel'] as const) window.addEventListener(end, () => (isDown = false), true)

export function afterPress(run: () => void): void {
  if (!isDown) {
    run()
    return
  }
  const ended = () => {
    window.removeEventListener('pointerup', ended)
    window.removeEventListener('pointercancel', ended)
    // The click comes right after the release.
    setTimeout(run)
  }
  window.addEventListener('pointerup', ended)
  window.addEventListener('pointercancel', ended)
}
