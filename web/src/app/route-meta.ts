import 'vue-router'
import type { Role } from '@/shared/api/types'
import type { MessageKey } from '@/shared/i18n'

declare module 'vue-router' {
  interface RouteMeta {
    /** The document's title and what is announced on arrival. Pages may say it better with `usePageTitle`. */
    title: MessageKey
    /** Who may enter: anyone signed in, or one role. Others are sent to sign in, or to their own start. */
    requires?: 'account' | Role
    /** Sign-in and register: whoever is signed in already goes on. */
    visitorsOnly?: boolean
    /**
     * What stands around the page on a phone. `tabs`: top bar and tab bar. `focus`: neither, the page brings a PageHead and may
     * have a bar of its own below. `bare`: nothing, on desktops either.
     */
    chrome?: 'tabs' | 'focus' | 'bare'
    /** The page is exactly as high as the window and scrolls inside itself, as a chat does. */
    fill?: boolean
    /** The public footer stands below. */
    footer?: boolean
  }
}
