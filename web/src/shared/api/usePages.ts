import {
  useInfiniteQuery,
  type DefineInfiniteQueryOptionsTagged,
  type EntryKey,
  type EntryKeyTagged,
  type UseInfiniteQueryData,
} from '@pinia/colada'
import { computed, reactive, ref } from 'vue'
import { changeFetched } from './cache'
import { keptAnswer } from './kept-answers'

export interface Page<Item> {
  items: readonly Item[]
  nextCursor?: string | null
}

/** Of a longer list the first pages are asked for anew; further ones stay as they are, where they still follow. */
const FRESH_PAGES = 5

type Pages<Answer> = UseInfiniteQueryData<Answer, string | null>
type PagesQuery<Answer> = DefineInfiniteQueryOptionsTagged<Answer, unknown, string | null>

/** A list that comes page by page, each after the cursor of the one before. `isKept`: on the device, for places without a signal. */
export const pagesQuery = <Answer extends Page<unknown>>(
  key: EntryKey,
  fetchPage: (cursor?: string) => Promise<Answer>,
  { isKept = false } = {},
): PagesQuery<Answer> => ({
  // Colada's type of a list that may begin with something or with nothing is that of nothing.
  ...(isKept && keptAnswer<undefined>(key)),
  key: key as EntryKeyTagged<Pages<Answer>, unknown>,
  query({ pageParam, entry }) {
    const known = entry.state.value.data as Pages<Answer> | undefined
    const place = known?.pageParams.indexOf(pageParam) ?? -1
    const page = place < FRESH_PAGES ? undefined : known?.pages[place]
    return page ? Promise.resolve(page) : fetchPage(pageParam ?? undefined)
  },
  initialPageParam: null,
  getNextPageParam: ({ nextCursor }) => nextCursor ?? null,
})

type ItemOf<Answer> = Answer extends Page<infer Item> ? Item : never

/** Such a list as pages show it. What is shown stays when more of it cannot be had, or not anew. */
export function usePages<Answer extends Page<unknown>>(options: () => PagesQuery<Answer>) {
  const { data, error, isLoading, loadNextPage, refetch } = useInfiniteQuery(options)
  const isLoadingMore = ref(false)

  const pages = computed(() => data.value?.pages ?? null)
  const items = computed(() => (pages.value?.flatMap((page) => page.items) as ItemOf<Answer>[] | undefined) ?? null)
  const hasMore = computed(() => (pages.value?.at(-1)?.nextCursor ?? null) !== null)

  const more = reactive({
    isLoading: isLoadingMore,
    failed: computed(() => error.value !== null && pages.value !== null),
    async load() {
      if (isLoadingMore.value || !hasMore.value) return
      isLoadingMore.value = true
      // What is being asked for anew comes first; the end of the list asks again after it.
      await loadNextPage({ cancelRefetch: false }).catch(() => null)
      isLoadingMore.value = false
    },
  })

  /** Puts an item as it is now in the place of what was shown; null takes it out of the list, where it belongs no more. */
  function put(isIt: (shown: ItemOf<Answer>) => boolean, now: ItemOf<Answer> | null): void {
    const change = (shown: unknown) => (isIt(shown as ItemOf<Answer>) ? (now ?? []) : shown)
    changeFetched(options().key, (known) => ({
      ...known,
      pages: known.pages.map((page) => ({ ...page, items: page.items.flatMap(change) })),
    }))
  }

  return { pages, items, failure: error, isLoading, hasMore, more, load: () => refetch(), put }
}
