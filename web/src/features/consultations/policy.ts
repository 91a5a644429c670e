/**
 * What calling off costs, for whom has bought nothing yet. A booking carries the rule that it was made under; before there is one,
 * these are what the server applies (server/src/consultations/rules.rs).
 */
export const FREE_CANCEL_HOURS = 6
export const LATE_REFUND_PERCENT = 50

/** The last moment at which calling off a slot costs nothing. */
export const freeUntilOf = (startsAt: string) => new Date(Date.parse(startsAt) - FREE_CANCEL_HOURS * 3_600_000).toISOString()
