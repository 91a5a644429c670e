import { onMounted, ref } from 'vue'
import { fetchMarkup } from '../api'

/** What comes on top of a vet's fee, in basis points; null until it is known. Without it the words around it say enough. */
export function useMarkup() {
  const markup = ref<number | null>(null)
  onMounted(async () => {
    markup.value = await fetchMarkup().catch(() => null)
  })
  return markup
}
