/**
 * For the `content` of a UModal: on a phone it rises from the lower edge, where the thumb is. What is long scrolls between head and foot,
 * as long as they leave it room.
 */
export const FROM_BELOW = '*:data-[slot=body]:min-h-28 *:data-[slot=body]:shrink max-sm:top-auto max-sm:bottom-0 max-sm:w-full max-sm:max-w-none max-sm:max-h-[92dvh] max-sm:-translate-y-0 max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)]'
