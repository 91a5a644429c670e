// How long people's own lists, the connect of a socket and the start of a server take, as a JSON object; it starts and
// ends the servers itself, with the settings of its environment (HELLOPET_BIN, PUBLIC_URL, DATABASE_URL, …).
//
//   node faults/bench-lists.js USERS_FILE
//
// The file is one that `hellopet fixture --doctors 1 --out` has written, so that the first doctor sits in every pair.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

import { pause } from "./parts/pause.js";
import { percentilesOf } from "./parts/percentiles.js";
import { RawSocket } from "./parts/raw-socket.js";

const STARTS = 7;
const TIMES = 400;
const AT_ONCE = 4;
const CONNECTS = 100;
const PATIENCE_MS = 120_000;

const { HELLOPET_BIN: program = "", PUBLIC_URL: base = "" } = process.env;
const [file = ""] = process.argv.slice(2);
if (!program || !base || !file) throw new Error("usage: HELLOPET_BIN=… PUBLIC_URL=… bench-lists.js USERS_FILE");
const { users, pairs } = JSON.parse(await readFile(file, "utf8"));
/** @type {string[]} */
const owners = pairs.map((/** @type {any} */ pair) => users[pair.owner].token);
/** @type {string} */
const doctor = users[pairs[0].doctor].token;

/** A server that is ready, and how long that took. What it says goes where nobody takes it for a result. */
async function start() {
  const started = performance.now();
  const server = spawn(program, ["serve"], { stdio: ["ignore", 2, 2] });
  const leave = () => server.kill();
  process.on("exit", leave);
  for (;;) {
    const isReady = await fetch(`${base}/readyz`).then((answer) => answer.ok).catch(() => false);
    if (isReady) break;
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode} before it was ready`);
    if (performance.now() - started > PATIENCE_MS) throw new Error("the server is not ready after two minutes");
    await pause(10);
  }
  const took = performance.now() - started;
  return {
    took,
    stop: async () => {
      process.off("exit", leave);
      server.kill();
      await once(server, "exit");
    },
  };
}

/** @param {string} path @param {string} token */
async function ask(path, token) {
  const started = performance.now();
  const answer = await fetch(base + path, { headers: { authorization: `Bearer ${token}` } });
  if (answer.status !== 200) throw new Error(`${answer.status} for ${path}: ${await answer.text()}`);
  const found = /** @type {any} */ (await answer.json());
  if (found.items.length === 0) throw new Error(`nothing at ${path}`);
  return { took: performance.now() - started, next: found.nextCursor };
}

/** Calls `work` with 0, 1, 2, …, a few at a time. @param {number} count @param {(index: number) => Promise<number>} work */
async function times(count, work) {
  /** @type {number[]} */
  const took = [];
  let next = 0;
  const worker = async () => {
    while (next < count) took.push(await work(next++));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return took;
}

/** From the first byte to the moment at which the server takes events. @param {string} token */
async function connect(token) {
  const started = performance.now();
  const socket = new RawSocket({ url: base });
  await socket.enter(token);
  const took = performance.now() - started;
  socket.vanish();
  return took;
}

/** @param {(index: number) => string} tokenOf */
async function connects(tokenOf) {
  const took = [];
  for (let index = 0; index < CONNECTS; index++) took.push(await connect(tokenOf(index)));
  return took;
}

/** Down a list, a hundred a page, for as far as it goes. @param {string} list @param {string} token */
async function walk(list, token) {
  const took = [];
  let cursor = "";
  while (took.length < TIMES) {
    const page = await ask(`${list}?limit=100${cursor && `&cursor=${cursor}`}`, token);
    took.push(page.took);
    if (!page.next) break;
    cursor = page.next;
  }
  return took;
}

const owner = (/** @type {number} */ index) => owners[index % owners.length] ?? "";
const starts = [];
for (let count = 1; count < STARTS; count++) {
  const { took, stop } = await start();
  starts.push(took);
  await stop();
}
const last = await start();
const results = { "start of the server, until /readyz": percentilesOf([...starts, last.took]) };
/** @type {Record<string, () => Promise<number[]>>} */
const subjects = {
  "conversations of an owner": () => times(TIMES, async (index) => (await ask("/api/conversations", owner(index))).took),
  "conversations of the busiest doctor": () => times(TIMES, async () => (await ask("/api/conversations", doctor)).took),
  "the same, a hundred a page and page after page": () => walk("/api/conversations", doctor),
  "consultations of an owner": () => times(TIMES, async (index) => (await ask("/api/consultations", owner(index))).took),
  "consultations of the busiest doctor": () => times(TIMES, async () => (await ask("/api/consultations", doctor)).took),
  "connect of an owner": () => connects(owner),
  "connect of the busiest doctor": () => connects(() => doctor),
};
for (const [what, subject] of Object.entries(subjects)) {
  await subject(); // Connections and caches get warm.
  Object.assign(results, { [what]: percentilesOf(await subject()) });
}
await last.stop();
console.log(JSON.stringify(results));
process.exit();
