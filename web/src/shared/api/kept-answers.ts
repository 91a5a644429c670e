/**
 * Answers that are worth having where there is no signal, in the device's small storage. A feature says which (`keptAnswer`, where its
 * queries are named); they are shown until the server has answered, and go as everything on the device does: when somebody signs
 * out, by their age, and when they are not ours any more.
 */
import { toCacheKey, useQueryCache, type EntryKey } from '@pinia/colada'
import { drop, dropBefore, isRecord, keep, readKept } from '@/shared/device/kept'
import type { Keeper } from '@/shared/device/keepers'
import { isGone } from './problem'

const WHERE = 'hellopet.answers.'
/** Bursts of answers are written once. */
const PAUSE_MS = 300
/** Letters of JSON: a tenth of what browsers give a site. */
const MOST = 500_000

const place = () => localStorage
const worthKeeping = new Set<string>()
/** Whose answers are shown now. */
let reader: string | null = null

/** By the cache's name for their keys, the latest last. */
type Kept = Record<string, unknown>

export const keeper: Keeper = {
  forget: (accountId) => drop(place, WHERE + accountId),
  forgetBefore: (instant) => dropBefore(place, WHERE, instant),
}

function read(accountId: string): Kept {
  const kept = readKept(place, WHERE + accountId)
  return isRecord(kept) ? kept : {}
}

/** The latest of them, as many as there is room for. */
function fitting(kept: [string, unknown][]): Kept {
  let letters = 0
  const tooMany = kept.findLastIndex(
    ([name, answer]) => (letters += name.length + JSON.stringify(answer).length) > MOST,
  )
  return Object.fromEntries(kept.slice(tooMany + 1))
}

/** For the options of a query: its answer is kept, and shown again, as a stale one, until the server has answered. */
export function keptAnswer<Answer>(key: EntryKey): {
  initialData: () => Answer | undefined
  initialDataUpdatedAt: number
} {
  const name = toCacheKey(key)
  worthKeeping.add(name)
  return {
    initialData: () => (reader === null ? undefined : (read(reader)[name] as Answer | undefined)),
    initialDataUpdatedAt: 0,
  }
}

/** Shows what is kept for an account, and keeps what is answered from now on, until the returned function is called. */
export function followAnswers(accountId: string): () => void {
  const changed = new Map<string, unknown>()
  let timer: ReturnType<typeof setTimeout> | undefined
  reader = accountId

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    if (changed.size === 0) return
    const others = Object.entries(read(accountId)).filter(([name]) => !changed.has(name))
    const known = [...changed].filter(([, answer]) => answer !== undefined)
    changed.clear()
    keep(place, WHERE + accountId, fitting([...others, ...known]))
  }

  const stop = useQueryCache().$onAction(({ name, args }) => {
    if (name !== 'setEntryState') return
    const [{ keyHash }, { data, error }] = args
    if (!worthKeeping.has(keyHash) || (data === undefined && !isGone(error))) return
    changed.set(keyHash, isGone(error) ? undefined : data)
    timer ??= setTimeout(write, PAUSE_MS)
  })
  window.addEventListener('pagehide', write)
  return () => {
    stop()
    window.removeEventListener('pagehide', write)
    clearTimeout(timer)
    reader = null
  }
}
