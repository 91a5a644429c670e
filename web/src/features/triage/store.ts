/**
 * What somebody says is the matter: typed once, on the home page or in the sheet, and carried along until it was bought with. Never in
 * an address, which histories and logs keep. It survives a reload, in this window; what a visitor said is the account's from the
 * sign-in on.
 */
import { defineStore } from 'pinia'
import { computed, reactive, watch } from 'vue'
import { useSession } from '@/features/accounts/store'
import { forgetWords, isNothing, keepWords, keptWords } from './kept-words'
import { NOTHING_SAID, type Words } from './rules'

const VISITOR = 'visitor'

export const useComplaint = defineStore('complaint', () => {
  const session = useSession()
  const account = computed(() => session.me?.id ?? VISITOR)
  const words = reactive<Words>({ ...NOTHING_SAID })
  /** The conversation that the words are meant for, where there is one already. */
  let meantFor: string | null = null

  function say(said: Words): void {
    Object.assign(words, said)
  }

  const store = () => keepWords(account.value, { ...words })

  watch(
    account,
    (id) => {
      const said = keptWords(VISITOR)
      if (id === VISITOR) return say(said)
      say(isNothing(said) ? keptWords(id) : said)
      store()
      forgetWords(VISITOR)
    },
    { immediate: true, flush: 'sync' },
  )
  watch(words, store, { deep: true, flush: 'sync' })

  /** The vet has them, or is about to. */
  function clear(): void {
    meantFor = null
    say(NOTHING_SAID)
  }

  /** There is a chat with this vet already: the words begin the next message there. */
  function giveTo(conversationId: string): void {
    meantFor = conversationId
  }

  /** What was meant for this conversation, once. */
  function takeFor(conversationId: string): string {
    if (meantFor !== conversationId) return ''
    const { complaint } = words
    clear()
    return complaint.trim()
  }

  return { words, text: computed(() => words.complaint.trim()), clear, giveTo, takeFor }
})
