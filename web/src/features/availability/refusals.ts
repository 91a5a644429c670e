import { Problem } from '@/shared/api/problem'

const CODES = ['slot_taken', 'slot_too_soon', 'slot_not_offered']

/** Whether a time was refused because it cannot be had any more: then others have to be looked at anew. */
export const isSlotRefusal = (error: unknown) => error instanceof Problem && CODES.includes(error.code)
