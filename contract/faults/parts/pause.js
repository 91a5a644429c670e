// How people and clients bide their time: thinking before the next message, backing off after a failure. Nothing that
// is asserted depends on it.

import { setTimeout as after } from "node:timers/promises";

/** @param {number} milliseconds @param {AbortSignal} [signal] ends it early */
export async function pause(milliseconds, signal) {
  await after(milliseconds, undefined, { signal }).catch(() => {});
}
