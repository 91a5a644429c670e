/**
 * What half of them took at most, 99 of 100, and the longest.
 * @param {readonly number[]} took
 */
export function percentilesOf(took) {
  const sorted = [...took].sort((one, other) => one - other);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}
