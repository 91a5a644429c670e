import { computed, ref, watch } from 'vue'
import { useOwnPets } from './useOwnPets'

/** Which of the owner's pets a purchase is about. Most have one, and it is the one. */
export function usePetChoice() {
  const { pets, isSettled } = useOwnPets()
  const petId = ref<string | null>(null)
  const pet = computed(() => pets.value.find(({ id }) => id === petId.value) ?? null)

  // What was chosen stays as long as it is there: a pet of whoever was here before is none of this owner's.
  watch(
    pets,
    ([only, ...others]) => {
      if (!pet.value) petId.value = only && others.length === 0 ? only.id : null
    },
    { immediate: true },
  )
  return { pets, isSettled, petId, pet }
}
