// What somebody notices while devices of others come back that have missed something (`auth.lastSeq`): how long their
// POST takes, before and meanwhile, and how much memory the server holds. It runs already, without rate limits.
//
//   node faults/bench-storm.js BASE_URL USERS_FILE PID [DEVICES [BEHIND]]
//
// The file is one that `hellopet fixture --out` has written, with 48 pairs or more.

import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

import { residentBytes } from "./parts/memory.js";
import { pause } from "./parts/pause.js";
import { percentilesOf } from "./parts/percentiles.js";
import { RawSocket } from "./parts/raw-socket.js";

const TALKING = 8;
const AWAY = 40;
/** How long somebody waits between two messages, on average. */
const THINK_MS = 100;
const QUIET = 40;
const MIB = 1024 * 1024;

/** @typedef {{ id: string, token: string }} User */
/** @typedef {{ owner: User, doctor: User }} Pair */

const [base = "", file, pid, devices = "2000", behind = "200", role] = process.argv.slice(2);
if (!base || !file || !pid) throw new Error("usage: bench-storm.js BASE_URL USERS_FILE PID [DEVICES [BEHIND]]");
const { users, pairs } = JSON.parse(await readFile(file, "utf8"));
/** @type {Pair[]} */
const all = pairs.map((/** @type {any} */ pair) => ({ owner: users[pair.owner], doctor: users[pair.doctor] }));
const [talking, away] = [all.slice(0, TALKING), all.slice(TALKING, TALKING + AWAY)];

/** @param {Pair} pair */
async function say({ owner, doctor }) {
  const answer = await fetch(`${base}/api/messages/client/send/${doctor.id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${owner.token}`, "content-type": "application/json" },
    body: JSON.stringify({ senderId: owner.id, receiverId: doctor.id, message: "halo ".repeat(20), clientId: randomUUID() }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  return /** @type {any} */ (await answer.json()).conversationId;
}

/** Devices that come back all at once, in a process of their own; says how long it took until all had what they lacked. */
async function comeBack() {
  const conversations = JSON.parse(process.env.CONVERSATIONS ?? "[]");
  const started = performance.now();
  const sockets = Array.from({ length: Number(devices) }, (_, index) => index).map(async (index) => {
    const socket = new RawSocket({ url: base });
    const lastSeq = { [conversations[index % AWAY]]: 0 };
    let heard = 0;
    const whole = new Promise((done) => {
      socket.onEvent = (event) => {
        if (event === "newMessage" && ++heard === Number(behind)) done(undefined);
      };
    });
    await once(socket.socket, "open");
    socket.send(`40${JSON.stringify({ token: away[index % AWAY]?.owner.token, lastSeq })}`);
    await whole;
    socket.events.length = 0;
  });
  await Promise.all(sockets);
  process.send?.((performance.now() - started) / 1000);
}

/** They talk until they are told to stop. @param {{ isOver: boolean }} until @param {number} [most] */
async function measure(until, most = Infinity) {
  /** @type {number[]} */
  const took = [];
  let refused = 0;
  const talk = async (/** @type {Pair} */ pair) => {
    for (let said = 0; said < most && !until.isOver; said++) {
      await pause(2 * THINK_MS * Math.random());
      const started = performance.now();
      // Whoever is refused in the end has waited, too.
      await say(pair).catch(() => refused++);
      took.push(performance.now() - started);
    }
  };
  await Promise.all(talking.map(talk));
  const { p50, p99, most: longest } = percentilesOf(took);
  return `${p50.toFixed(0)} / ${p99.toFixed(0)} / ${longest.toFixed(0)} (${refused} of ${took.length} refused)`;
}

async function storm() {
  const fill = away.map(async (pair) => {
    let conversation = "";
    for (let said = 0; said < Number(behind); said++) conversation = await say(pair);
    return conversation;
  });
  const conversations = await Promise.all(fill);
  const server = /** @type {any} */ ({ process: { pid } });
  const quiet = await measure({ isOver: false }, QUIET);
  const resident = (await residentBytes(server)) / MIB;
  const until = { isOver: false };
  const env = { ...process.env, CONVERSATIONS: JSON.stringify(conversations) };
  const child = fork(new URL(import.meta.url), [base, file ?? "", pid ?? "", devices, behind, "come-back"], { env });
  let highest = resident;
  const look = setInterval(async () => {
    highest = Math.max(highest, (await residentBytes(server)) / MIB);
  }, 50);
  const ended = once(child, "message").then(([seconds]) => {
    until.isOver = true;
    return seconds;
  });
  const during = await measure(until);
  const seconds = await ended;
  clearInterval(look);
  child.kill();
  console.log("| POST alone, p50 / p99 / most in ms | meanwhile | all had it after | resident, MiB, before / at the peak |");
  console.log(`| ${quiet} | ${during} | ${seconds.toFixed(1)} s | ${resident.toFixed(0)} / ${highest.toFixed(0)} |`);
}

await (role === "come-back" ? comeBack() : storm());
