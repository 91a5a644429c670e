// How long a run is: by what is sent and what is broken, never by the clock, so that a slow machine runs the same test.

/**
 * @typedef {object} Plan
 * @property {"short" | "long"} name
 * @property {number} pairs an owner and a doctor each, with two tabs each
 * @property {number} each messages through each of a tab's two doors
 * @property {number} thinkMs how long somebody thinks between two messages, on average
 * @property {number} kills of a server
 * @property {number} cuts of a tab's connection
 * @property {number} reloads of a tab
 * @property {number} purchases while servers are killed
 * @property {number} limitMinutes after which the run has failed
 */

/** @type {Record<"short" | "long", Plan>} */
const PLANS = {
  // Twenty seconds or so.
  short: { name: "short", pairs: 10, each: 25, thinkMs: 40, kills: 4, cuts: 40, reloads: 20, purchases: 60, limitMinutes: 4 },
  // Five minutes on a server that keeps up with people who think for 900 ms.
  long: { name: "long", pairs: 50, each: 300, thinkMs: 900, kills: 30, cuts: 400, reloads: 200, purchases: 1000, limitMinutes: 40 },
};

/** Which plan FAULT_LENGTH asks for; the short one unless it says `long`. */
export function choosePlan() {
  return process.env.FAULT_LENGTH === "long" ? PLANS.long : PLANS.short;
}

/** @typedef {import("../../support/sockets.js").Transport} Transport */

/** What the tabs connect over: both, half of the pairs each, unless FAULT_TRANSPORT names one. @returns {Transport[]} */
export function chooseTransports() {
  const { FAULT_TRANSPORT: forced } = process.env;
  return forced === "websocket" || forced === "polling" ? [forced] : ["websocket", "polling"];
}

/** Two tabs for each of the two, each with two doors. @param {Plan} plan */
export function messagesOf({ pairs, each }) {
  return pairs * 4 * 2 * each;
}
