import { computed } from 'vue'
import { useRoute, type LocationQueryRaw, type RouteLocationRaw } from 'vue-router'

/** Longer than anyone types on the home page, short enough for an address. */
export const COMPLAINT_LENGTH = 500

/** What the owner wrote on the home page. It travels in the address until it becomes the chat's first draft. */
export function useComplaint() {
  const route = useRoute()
  const complaint = computed(() => (typeof route.query.keluhan === 'string' ? route.query.keluhan.trim().slice(0, COMPLAINT_LENGTH) : ''))
  const carry = (path: string, query: LocationQueryRaw = {}): RouteLocationRaw => ({ path, query: complaint.value ? { keluhan: complaint.value, ...query } : query })
  return { complaint, carry }
}
