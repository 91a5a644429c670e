/** The bounds of a price that are offered, in rupiah. Pure. */
const BOUNDS = [25_000, 50_000, 75_000, 100_000, 150_000, 200_000, 300_000, 500_000]

/** Those that are offered as the lowest or the highest; one that the address brought along belongs to them. */
export function boundsWith(chosen: number | null): number[] {
  const bounds = chosen === null ? BOUNDS : [...BOUNDS, chosen]
  return [...new Set(bounds)].sort((a, b) => a - b)
}
