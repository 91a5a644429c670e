/**
 * The one cache of what was fetched (docs/decisions/0023). Pages ask through `useQuery` with what their feature names in its
 * `queries.ts`; here stands what holds for all of it: how long an answer counts as fresh, what takes its place, and when
 * everything is forgotten.
 */
import {
  useQueryCache,
  type EntryKey,
  type EntryKeyTagged,
  type PiniaColadaOptions,
  type PiniaColadaPlugin,
} from '@pinia/colada'
import { isGone } from './problem'

declare module '@pinia/colada' {
  interface TypesConfig {
    defaultError: unknown
  }
}

/** What is older is asked for again when somebody looks at it, or comes back to the tab; it is shown until then. */
const STALE_AFTER_MS = 30_000
/** How long something stays after the last page that showed it, for the way back. */
const KEPT_FOR_MS = 600_000

/** What is not there any more, or not ours to see, is no longer shown from before; after any other failure it is. */
const dropWhatIsGone: PiniaColadaPlugin = ({ queryCache }) => {
  queryCache.$onAction(({ name, args }) => {
    if (name !== 'setEntryState') return
    const [, state] = args
    if (isGone(state.error)) state.data = undefined
  })
}

const NOTHING = { status: 'pending', data: undefined, error: null } as const

/** What failed for an earlier page is no news on the next one: it waits like anything that is asked for the first time. */
const forgiveEarlierFailures: PiniaColadaPlugin = ({ queryCache }) => {
  queryCache.$onAction(({ name, after }) => {
    if (name !== 'ensure') return
    after((entry) => {
      const { status, data } = entry.state.value
      if (entry.active || entry.pending || status !== 'error' || data !== undefined) return
      entry.state.value = NOTHING
      entry.when = 0
    })
  })
}

export const cacheOptions: PiniaColadaOptions = {
  queryOptions: { staleTime: STALE_AFTER_MS, gcTime: KEPT_FOR_MS },
  plugins: [dropWhatIsGone, forgiveEarlierFailures],
}

/** Counts who was here: an answer that somebody waited for who has left is nobody's. */
let visit = 0

/** What the server just said takes the place of what is known, and of answers that are on their way. */
export function putFetched<Answer, Initial extends Answer | undefined>(
  key: EntryKeyTagged<Answer, unknown, Initial>,
  said: Answer,
): void {
  const cache = useQueryCache()
  cache.cancelQueries({ key, exact: true })
  cache.setQueryData<Answer, unknown, Initial>(key, () => said)
}

/** Changes what is known, if anything is. */
export function changeFetched<Answer, Initial extends Answer | undefined>(
  key: EntryKeyTagged<Answer, unknown, Initial>,
  change: (known: Answer) => Answer,
): void {
  const known = useQueryCache().getQueryData(key)
  if (known !== undefined) putFetched(key, change(known))
}

/** Whatever begins with one of the keys is no longer true: what is shown of it is asked for at once, the rest when it is looked at. */
export async function invalidateFetched(...keys: EntryKey[]): Promise<void> {
  const cache = useQueryCache()
  // Why one could not be had stands at that one.
  await Promise.allSettled(keys.map((key) => cache.invalidateQueries({ key })))
}

/** The answer to a step, which `put` takes into the cache, as long as the same person is here. */
export async function takeAnswer<Answer>(answer: Promise<Answer>, put: (said: Answer) => void): Promise<Answer> {
  const asked = visit
  const said = await answer
  if (asked === visit) put(said)
  return said
}

/** Nobody sees what somebody else was shown, nor gets an answer that somebody else waited for. */
export function forgetFetched(): void {
  const cache = useQueryCache()
  visit += 1
  for (const entry of cache.getEntries()) {
    cache.cancel(entry)
    cache.setEntryState(entry, NOTHING)
    cache.invalidate(entry)
    if (!entry.active) cache.remove(entry)
  }
}
