import { ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Words to look for, in the address too: whoever comes back from a message finds the results again. */
export function useSearchWords() {
  const route = useRoute()
  const router = useRouter()
  const inAddress = () => (typeof route.query.cari === 'string' ? route.query.cari : '')
  const words = ref(inAddress())

  watch(words, (value) => {
    if (value !== inAddress()) void router.replace({ query: { ...route.query, cari: value || undefined } })
  })
  return words
}
