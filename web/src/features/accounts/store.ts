import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { Problem } from '@/shared/api/problem'
import { onSessionEnded } from '@/shared/api/session-fetch'
import { renewSession } from '@/shared/api/session-renewal'
import type { Account, Role } from '@/shared/api/types'
import { forgetAccount } from '@/shared/device/keepers'
import * as accounts from './api'
import { keepAccount, keptAccount } from './kept-account'
import { mayBeSignedIn, onMarkChanged, readMark, writeMark } from './session-mark'

/** `unreachable`: somebody was signed in here, the device does not know who, and nobody answers; neither signed in nor out. */
type State = 'restoring' | 'visitor' | 'signedIn' | 'unreachable'

/** A weak signal keeps nobody who was here before waiting in front of an empty page. */
const PATIENCE_MS = 3_000

const isUnauthenticated = (error: unknown) => error instanceof Problem && error.status === 401

/** Who is using the app. Guards wait for `ready`; everything else may watch `me`. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Account | null>(null)
  const state = ref<State>('restoring')
  /** True from the moment a session ended by itself until the next sign-in: the sign-in page says so. */
  const expired = ref(false)

  /** While signing out: the server closes the sockets of the session, which is no reason to renew it. */
  const isLeaving = ref(false)

  /** Who is signed in is what this device remembers: nobody has answered yet. */
  let isRemembered = false

  const isSignedIn = computed(() => state.value === 'signedIn')
  const role = computed<Role | null>(() => me.value?.roles ?? null)
  const isDoctor = computed(() => role.value === 'dokter')

  function become(account: Account | null): void {
    // Whoever is shown a page of theirs learns why it goes.
    expired.value = account === null && (isRemembered || expired.value)
    isRemembered = false
    me.value = account
    state.value = account ? 'signedIn' : 'visitor'
    if (account) keepAccount(account)
    writeMark(account?.id ?? null)
  }

  /** Who was here at last, while nobody says who is. */
  function remember(): void {
    const id = readMark()
    if (isSignedIn.value && me.value?.id === id) return
    const known = id === null ? null : keptAccount(id)
    me.value = known
    isRemembered = known !== null
    state.value = known ? 'signedIn' : id === null ? 'visitor' : 'unreachable'
  }

  async function whoAmI(): Promise<Account | null> {
    try {
      return await accounts.fetchMe()
    } catch (error) {
      if (!isUnauthenticated(error)) throw error
      if (readMark() === null || (await renewSession()) === 'ended') return null
      return accounts.fetchMe()
    }
  }

  /** Asks the server who we are, unless nobody can be. Never throws: the answer, or the lack of one, is the state. */
  async function restore(): Promise<void> {
    try {
      become(mayBeSignedIn() ? await whoAmI() : null)
    } catch (error) {
      // A wall in between may say 403 or 429; that somebody is signed out, only the server's 401 says.
      if (isUnauthenticated(error)) become(null)
      else remember()
    }
  }

  /** The account as it is now: the role or the name was changed. Who is signed in stays so when nobody answers. */
  async function refresh(): Promise<void> {
    const asked = me.value?.id
    const account = await whoAmI()
    if (asked === me.value?.id) become(account)
  }

  async function logIn(credentials: accounts.Credentials): Promise<Account> {
    await accounts.logIn(credentials)
    const account = await accounts.fetchMe()
    become(account)
    return account
  }

  /** Opens an account and signs in with it. */
  async function register(registration: accounts.Registration): Promise<Account> {
    await accounts.register(registration)
    return logIn(registration)
  }

  async function logOut(): Promise<void> {
    isLeaving.value = true
    const leaving = me.value?.id
    try {
      await accounts.logOut().catch((error: unknown) => {
        // Without an answer the cookies are still there: saying "signed out" would not be true.
        if (!isUnauthenticated(error)) throw error
      })
      isRemembered = false
      become(null)
      if (leaving !== undefined) await forgetAccount(leaving)
    } finally {
      isLeaving.value = false
    }
  }

  onSessionEnded(() => {
    if (state.value !== 'signedIn') return
    expired.value = true
    become(null)
  })
  onMarkChanged((accountId) => {
    if (accountId === null) {
      isRemembered = false
      me.value = null
      state.value = 'visitor'
    } else if (accountId !== me.value?.id) void restore()
  })

  window.addEventListener('online', () => {
    if (isRemembered) void restore()
  })

  const asked = restore()
  const impatient = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS)).then(() => {
    if (state.value === 'restoring' && keptAccount(readMark() ?? '')) remember()
    // Of somebody unknown to this device only the answer can say who it is.
    return isRemembered ? undefined : asked
  })
  const ready = Promise.race([asked, impatient])

  return { me, state, role, isDoctor, isSignedIn, isLeaving, expired, ready, restore, refresh, logIn, register, logOut }
})
