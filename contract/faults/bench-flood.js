// What other people notice of a flood: the time from a POST to the partner's `newMessage`, before, during and after it,
// against a server that runs already. Figures of one run compare with each other and with nothing else.
//
//   node faults/bench-flood.js BASE_URL USERS_FILE      (as `hellopet fixture --out` writes it; 16 pairs or more)

import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

import { pause } from "./parts/pause.js";
import { percentilesOf } from "./parts/percentiles.js";
import { RawSocket } from "./parts/raw-socket.js";

const TALKING = 8;
const FLOODING = 4;
/** Messages of each pair in a phase, and how long somebody waits between two, on average. */
const MESSAGES = 150;
const THINK_MS = 80;
const PATIENCE_MS = 30_000;

/** @typedef {{ id: string, token: string }} User */
/** @typedef {{ owner: User, doctor: User }} Pair */

const [base, file] = process.argv.slice(2);
if (!base || !file) throw new Error("usage: bench-flood.js BASE_URL USERS_FILE");
const { users, pairs } = JSON.parse(await readFile(file, "utf8"));
/** @type {Pair[]} */
const all = pairs.map((/** @type {any} */ pair) => ({ owner: users[pair.owner], doctor: users[pair.doctor] }));
const [talking, flooding] = [all.slice(0, TALKING), all.slice(TALKING, TALKING + FLOODING)];

/** A pair whose doctor listens. @param {Pair} pair */
async function open({ owner, doctor }) {
  const socket = new RawSocket({ url: base ?? "" });
  await socket.enter(doctor.token);
  /** @type {Map<string, () => void>} */
  const awaited = new Map();
  socket.onEvent = (event, message) => {
    if (event === "newMessage") awaited.get(message.clientId)?.();
  };

  /** Says something; answers how long it took to be heard. @returns {Promise<number>} */
  async function say() {
    const clientId = randomUUID();
    const heard = new Promise((done) => awaited.set(clientId, () => done(undefined)));
    const started = performance.now();
    const answer = await fetch(`${base}/api/messages/client/send/${doctor.id}`, {
      method: "POST",
      headers: { authorization: `Bearer ${owner.token}`, "content-type": "application/json" },
      body: JSON.stringify({ senderId: owner.id, receiverId: doctor.id, message: "tenang", clientId }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
    await heard;
    awaited.delete(clientId);
    return performance.now() - started;
  }
  return { say, close: () => socket.vanish() };
}

/** All pairs talk for a while. @param {Awaited<ReturnType<typeof open>>[]} open */
async function measure(open) {
  /** @type {number[]} */
  const took = [];
  await Promise.all(
    open.map(async ({ say }) => {
      for (let count = 0; count < MESSAGES; count++) {
        await pause(2 * THINK_MS * Math.random());
        took.push(await say());
      }
    }),
  );
  return percentilesOf(took);
}

/** In a process of its own, so that it does not slow down the measuring. @param {string} kind */
async function startFlood(kind) {
  const child = fork(new URL("./flooder.js", import.meta.url), [base ?? "", kind, JSON.stringify(flooding)]);
  await once(child, "message");
  return async () => {
    child.send("stop");
    const [{ sent, seconds }] = await once(child, "message");
    child.disconnect();
    return Math.round(sent / seconds);
  };
}

const room = await Promise.all(talking.map(open));
await measure(room); // Connections and caches get warm.
const shown = (/** @type {{ p50: number, p99: number }} */ { p50, p99 }) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
console.log("other pairs' POST → newMessage, p50 / p99 in ms");
console.log("| flood | events/s | before | during | after | p99 during : before |");
console.log("| --- | --- | --- | --- | --- | --- |");
for (const kind of ["messages", "typing", "nonsense", "slow-readers"]) {
  const before = await measure(room);
  const stop = await startFlood(kind);
  const during = await measure(room);
  const rate = await stop();
  const after = await measure(room);
  const ratio = (during.p99 / before.p99).toFixed(2);
  console.log(`| ${kind} | ${rate} | ${shown(before)} | ${shown(during)} | ${shown(after)} | ${ratio} |`);
}
for (const { close } of room) close();
