/** Weights as people write them, and as a line. Pure. */
import type { PetWeight } from '@/shared/api/types'
import { daysBetween } from './days'

export const HEAVIEST_GRAMS = 200_000
/** More would be a hedge instead of a line. */
const MOST_POINTS = 12

/** `4,6`, `4.6` or `4.6 kg` in grams; null when it is no weight. A comma and a dot mean the same to somebody with scales. */
export function gramsOf(typed: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,3}))?(?:\s*kg)?$/i.exec(typed.trim())
  if (!match) return null
  const grams = Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'))
  return grams >= 1 && grams <= HEAVIEST_GRAMS ? grams : null
}

export interface Point {
  weight: PetWeight
  /** 0 to 1, from the first day to the last. */
  x: number
  /** 0 to 1, from the lightest to the heaviest. */
  y: number
}

/** The newest weights as points, the oldest first. `weights` comes as the server has it: the newest first. */
export function pointsOf(weights: readonly PetWeight[]): Point[] {
  const shown = weights.slice(0, MOST_POINTS).reverse()
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last) return []
  const grams = shown.map((weight) => weight.grams)
  const [least, most] = [Math.min(...grams), Math.max(...grams)]
  const span = daysBetween(first.measuredOn, last.measuredOn)
  return shown.map((weight) => ({
    weight,
    // A single one stands at the end, and equal ones in the middle.
    x: span === 0 ? 1 : daysBetween(first.measuredOn, weight.measuredOn) / span,
    y: most === least ? 0.5 : (weight.grams - least) / (most - least),
  }))
}

/** How much more or less than the time before; null for the first. */
export function changeAt(weights: readonly PetWeight[], index: number): number | null {
  const [now, before] = [weights[index], weights[index + 1]]
  return now && before ? now.grams - before.grams : null
}
