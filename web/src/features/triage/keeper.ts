/** What is said before a payment, as something kept on this device. Not told before a sign-out: nobody waits for it yet. */
import type { Keeper } from '@/shared/device/keepers'
import { dropBefore } from '@/shared/device/kept'
import { forgetWords, place, WORDS_KEPT } from './kept-words'

export const keeper: Keeper = {
  forget: forgetWords,
  forgetBefore: (instant) => dropBefore(place, WORDS_KEPT, instant),
}
