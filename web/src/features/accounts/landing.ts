import type { RouteLocationRaw } from 'vue-router'
import type { Role } from '@/shared/api/types'

/** Where an account starts its day. */
export function landingOf(role: Role | null): RouteLocationRaw {
  if (role === 'dokter') return '/dokter/dashboard'
  return role === 'admin' ? '/admin' : '/'
}

/** The address to return to after signing in: ours only, never `//elsewhere` or a full address. */
export function returnAddress(query: unknown): string | null {
  if (typeof query !== 'string' || !query.startsWith('/') || /^\/[/\\]/.test(query)) return null
  return query
}
