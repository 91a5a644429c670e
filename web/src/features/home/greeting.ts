export type Greeting = 'morning' | 'noon' | 'afternoon' | 'evening'

/** Pagi until 11, siang until 15, sore until 18, then malam, as people here greet. */
export function greetingAt(hour: number): Greeting {
  if (hour >= 4 && hour < 11) return 'morning'
  if (hour >= 11 && hour < 15) return 'noon'
  if (hour >= 15 && hour < 18) return 'afternoon'
  return 'evening'
}
