/** The main places, by who is looking. The tab bar on phones and the header on desktops show the same list. */
import { computed } from 'vue'
import type { RouteLocationNormalizedLoaded } from 'vue-router'
import { useSession } from '@/features/accounts/store'
import { useText, type MessageKey } from '@/shared/i18n'
import { useUnread } from '@/shared/realtime/unread'

interface Place {
  to: string
  label: MessageKey
  icon: string
  iconActive: string
  isHere: (route: RouteLocationNormalizedLoaded) => boolean
  /** Wears the count of unread messages. */
  unread?: boolean
}

const isUnder = (route: RouteLocationNormalizedLoaded, ...starts: string[]) =>
  starts.some((start) => route.path === start || route.path.startsWith(`${start}/`))
/** What stands below the directory's address and belongs to a vet's own account. */
const isPractice = (route: RouteLocationNormalizedLoaded) => isUnder(route, '/dokter/daftar', '/dokter/profil')
const isDashboard = (route: RouteLocationNormalizedLoaded) => isUnder(route, '/dokter/dashboard')

const home: Place = {
  to: '/',
  label: 'app.nav.home',
  icon: 'i-ph-house',
  iconActive: 'i-ph-house-fill',
  isHere: (route) => route.path === '/',
}
const doctors: Place = {
  to: '/dokter',
  label: 'app.nav.doctors',
  icon: 'i-ph-stethoscope',
  iconActive: 'i-ph-stethoscope-fill',
  isHere: (route) => isUnder(route, '/dokter') && !isDashboard(route) && !isPractice(route),
}
const queue: Place = {
  to: '/admin',
  label: 'operations.nav',
  icon: 'i-ph-tray',
  iconActive: 'i-ph-tray-fill',
  isHere: (route) =>
    route.path === '/admin' || isUnder(route, '/admin/dana-kembali', '/admin/laporan-gateway', '/admin/pekerjaan'),
}
const applicants: Place = {
  to: '/admin/dokter',
  label: 'app.nav.doctors',
  icon: 'i-ph-stethoscope',
  iconActive: 'i-ph-stethoscope-fill',
  isHere: (route) => isUnder(route, '/admin/dokter'),
}
const dashboard: Place = {
  to: '/dokter/dashboard',
  label: 'app.nav.dashboard',
  icon: 'i-ph-chart-bar',
  iconActive: 'i-ph-chart-bar-fill',
  isHere: isDashboard,
}
const schedule: Place = {
  to: '/dokter/jadwal',
  label: 'app.nav.schedule',
  icon: 'i-ph-calendar-dots',
  iconActive: 'i-ph-calendar-dots-fill',
  isHere: (route) => isUnder(route, '/dokter/jadwal'),
}
const chat: Place = {
  to: '/konsultasi',
  label: 'app.nav.chat',
  icon: 'i-ph-chat-circle-dots',
  iconActive: 'i-ph-chat-circle-dots-fill',
  isHere: (route) => isUnder(route, '/konsultasi', '/chat', '/bayar'),
  unread: true,
}
const pets: Place = {
  to: '/hewan',
  label: 'app.nav.pets',
  icon: 'i-ph-paw-print',
  iconActive: 'i-ph-paw-print-fill',
  isHere: (route) => isUnder(route, '/hewan'),
}
const reviews: Place = {
  to: '/admin/ulasan',
  label: 'reviews.moderation.nav',
  icon: 'i-ph-star',
  iconActive: 'i-ph-star-fill',
  isHere: (route) => isUnder(route, '/admin/ulasan'),
}
const account: Place = {
  to: '/akun',
  label: 'app.nav.account',
  icon: 'i-ph-user-circle',
  iconActive: 'i-ph-user-circle-fill',
  isHere: (route) => isUnder(route, '/akun', '/masuk', '/daftar') || isPractice(route),
}

export function useNavigation() {
  const session = useSession()
  const unread = useUnread()
  const { t } = useText()

  const places = computed(() => {
    const ofOwners = session.role === 'user' ? [home, doctors, chat, pets, account] : [home, doctors, chat, account]
    const ofOthers = session.role === 'admin' ? [queue, applicants, reviews, account] : ofOwners
    const list = session.isDoctor ? [dashboard, schedule, chat, account] : ofOthers
    return list.map((place) => ({ ...place, text: t(place.label), badge: place.unread ? unread.total : 0 }))
  })
  return { places }
}
