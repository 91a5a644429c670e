// When what breaks: at which count of acknowledged messages a server is killed, a connection cut, a tab reloaded.

/** @typedef {{ at: number, kind: "kill" | "cut" | "reload", target: number }} Fault */

/** Faults come between these parts of the way, so that there is traffic before the first and after the last. */
const [FIRST, LAST] = [0.03, 0.93];

/**
 * @param {import("./plan.js").Plan} plan
 * @param {{ messages: number, nodes: number, tabs: number }} run
 * @param {import("./random.js").Random} random
 * @returns {Fault[]} in the order of their turn
 */
export function scheduleOf(plan, { messages, nodes, tabs }, random) {
  /** @param {Fault["kind"]} kind @param {number} count @param {number} targets @returns {Fault[]} */
  const several = (kind, count, targets) =>
    Array.from({ length: count }, (_, index) => ({
      // One at random in each of as many equal stretches: spread out, and yet nobody knows when.
      at: Math.floor(messages * (FIRST + ((LAST - FIRST) * (index + random.next())) / count)),
      kind,
      target: random.below(targets),
    }));
  const faults = [
    ...several("kill", plan.kills, nodes),
    ...several("cut", plan.cuts, tabs),
    ...several("reload", plan.reloads, tabs),
  ];
  return faults.sort((one, other) => one.at - other.at);
}

export class Schedule {
  /** @param {Fault[]} faults in the order of their turn */
  constructor(faults) {
    this.waiting = [...faults];
  }

  /** Takes out what is due by now. @param {number} acknowledged @returns {Fault[]} */
  due(acknowledged) {
    const later = this.waiting.findIndex((fault) => fault.at > acknowledged);
    return this.waiting.splice(0, later === -1 ? this.waiting.length : later);
  }
}
