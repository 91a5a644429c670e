import { onUnmounted, ref, watchEffect } from 'vue'

const NAME = 'HELLOPET!'

/** The title of the page as it is now; the announcer reads it. */
export const pageTitle = ref('')

let waiting = 0

function show(): void {
  const title = pageTitle.value
  const full = title === '' || title === NAME ? NAME : `${title} · ${NAME}`
  document.title = waiting > 0 ? `(${waiting}) ${full}` : full
}

export function setPageTitle(title: string): void {
  pageTitle.value = title
  show()
}

/** How many things wait to be read, in front of every title: a tab in the background shows nothing else. */
export function setTitleCount(count: number): void {
  waiting = count
  show()
}

/** For pages whose title depends on what they show. Nothing happens while the title is null. */
export function usePageTitle(title: () => string | null | undefined): void {
  const stop = watchEffect(() => {
    const text = title()
    if (text) setPageTitle(text)
  })
  onUnmounted(stop)
}
