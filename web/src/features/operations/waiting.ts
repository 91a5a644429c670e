/** How many wait, as far as it was looked. Pure. */

export interface Waiting {
  count: number
  /** There are more than were counted. */
  isMore: boolean
}

export const ofPage = (page: { items: readonly unknown[]; nextCursor?: string | null }): Waiting => ({
  count: page.items.length,
  isMore: (page.nextCursor ?? null) !== null,
})

/** Of a list that the server ends at so many. */
export const ofList = (items: readonly unknown[], most: number): Waiting => ({
  count: items.length,
  isMore: items.length >= most,
})

/** `3`, or `20+` where there are more. */
export const inFigures = ({ count, isMore }: Waiting): string => `${count}${isMore ? '+' : ''}`
