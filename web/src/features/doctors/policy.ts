/** The last moment at which calling off a slot costs nothing, by the rule of a slot that is booked now. */
export const freeUntilOf = (startsAt: string, freeMinutes: number): string =>
  new Date(Date.parse(startsAt) - freeMinutes * 60_000).toISOString()
