import { reactive } from 'vue'

export interface More {
  readonly isLoading: boolean
  readonly failed: boolean
  load: () => Promise<void>
}

/** One end of a list that goes on: loads the next part, never twice at once, and says when that failed. */
export function useMore(fetchMore: () => Promise<void>): More {
  const more = reactive({
    isLoading: false,
    failed: false,
    async load() {
      if (more.isLoading) return
      more.isLoading = true
      try {
        await fetchMore()
        more.failed = false
      } catch {
        more.failed = true
      } finally {
        more.isLoading = false
      }
    },
  })
  return more
}
