import type { NavigationGuardReturn, RouteLocationNormalized } from 'vue-router'
import { landingOf, returnAddress } from './landing'
import { useSession } from './store'

/** Lets people through by `meta.requires` and `meta.visitorsOnly`; run before every page. */
export async function guardRoute(to: RouteLocationNormalized): Promise<NavigationGuardReturn> {
  const { requires, visitorsOnly } = to.meta
  if (!requires && !visitorsOnly) return true
  const session = useSession()
  await session.ready
  if (visitorsOnly) {
    return session.isSignedIn ? (returnAddress(to.query.tujuan) ?? landingOf(session.role)) : true
  }
  // The shell shows that the server cannot be reached; sending people to the sign-in page would claim more.
  if (session.state === 'unreachable') return true
  if (!session.isSignedIn) return { name: 'sign-in', query: { tujuan: to.fullPath } }
  if (requires !== 'account' && requires !== session.role) return landingOf(session.role)
  return true
}
