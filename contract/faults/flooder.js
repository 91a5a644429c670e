// The flooding side of bench-flood.js: sends as many events a second as it is meant to until it is told to stop.
//
//   flooder.js BASE_URL messages|typing|nonsense|slow-readers PAIRS_AS_JSON

import { randomUUID } from "node:crypto";

import { RawSocket } from "./parts/raw-socket.js";

const TICK_MS = 10;
/** Events a second, of all sockets together; whoever talks to those who do not read is modest. */
const RATES = { messages: 4000, typing: 4000, nonsense: 4000, "slow-readers": 200 };
const SLOW_READERS = 20;
const LONG = "x".repeat(4000);

const [base = "", given = "", json = "[]"] = process.argv.slice(2);
const kind = /** @type {keyof typeof RATES} */ (given);
/** @type {import("./bench-flood.js").Pair[]} */
const pairs = JSON.parse(json);

/** @param {string} token */
async function enter(token) {
  const socket = new RawSocket({ url: base });
  await socket.enter(token);
  return socket;
}

/** @param {typeof pairs[number]} pair @param {number} count */
function event({ owner, doctor }, count) {
  const parties = { senderId: owner.id, receiverId: doctor.id };
  if (kind === "typing") return /** @type {const} */ (["typing", { ...parties, isTyping: count % 2 === 0 }]);
  if (kind === "nonsense")
    return /** @type {const} */ (["sendMessage", { ...parties, senderId: [count], message: "\u0000" }]);
  const message = kind === "slow-readers" ? LONG : "banjir";
  return /** @type {const} */ (["sendMessage", { ...parties, message, clientId: randomUUID() }]);
}

const sockets = await Promise.all(pairs.map(({ owner }) => enter(owner.token)));
if (kind === "slow-readers") {
  const readers = await Promise.all(
    Array.from({ length: SLOW_READERS }, (_, index) => enter(pairs[index % pairs.length]?.doctor.token ?? "")),
  );
  for (const reader of readers) reader.stopReading();
} else {
  for (const socket of sockets) socket.stopReading();
}

const started = performance.now();
let sent = 0;
const timer = setInterval(() => {
  // What is due by the clock, however late the timer is.
  const due = ((performance.now() - started) / 1000) * RATES[kind];
  for (; sent < due; sent++) {
    const at = sent % pairs.length;
    const [name, payload] = event(/** @type {typeof pairs[number]} */ (pairs[at]), sent);
    sockets[at]?.ask(name, payload);
  }
}, TICK_MS);
process.send?.("ready");
process.on("message", () => {
  clearInterval(timer);
  const open = sockets.filter((socket) => socket.end === undefined).length;
  if (open < sockets.length)
    console.log(`${kind}: the server hung up on ${sockets.length - open} of ${sockets.length}`);
  process.send?.({ sent, seconds: (performance.now() - started) / 1000 }, () => process.exit(0));
});
