// How long it takes to sign in, alone and while many send the largest pictures that are taken, without end. The server
// runs already, without rate limits.
//
//   node faults/bench-signin.js BASE_URL USERS_FILE [SIGNINS [UPLOADS]]
//
// The file is one that `hellopet fixture --out` has written, with as many pairs as there are uploads at once.

import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

import sharp from "sharp";

import { formOf } from "../support/pictures.js";
import { pause } from "./parts/pause.js";
import { percentilesOf } from "./parts/percentiles.js";

const LARGEST_BYTES = 10 * 1024 * 1024;
/** What phones take, and the most pixels that the server takes. */
const SIZES = [
  { width: 4000, height: 3000 },
  { width: 8192, height: 6144 },
];
const PATIENCE_MS = 120_000;

/** @typedef {{ id: string, email: string, password: string, token: string }} User */

const [base = "", file = "", signIns = "300", uploads = "16", size] = process.argv.slice(2);
if (!base || !file) throw new Error("usage: bench-signin.js BASE_URL USERS_FILE [SIGNINS [UPLOADS]]");
const { users, pairs } = JSON.parse(await readFile(file, "utf8"));
/** @type {User[]} */
const senders = pairs.slice(0, Number(uploads)).map((/** @type {any} */ pair) => users[pair.owner]);
if (senders.length < Number(uploads)) throw new Error(`${file} has only ${senders.length} pairs`);

/** A picture of so many pixels that has nearly as many bytes as may be sent. @param {typeof SIZES[number]} size */
async function photo({ width, height }) {
  const noise = { type: /** @type {"gaussian"} */ ("gaussian"), mean: 128, sigma: 60 };
  const raw = { width, height, channels: /** @type {3} */ (3) };
  const pixels = await sharp({ create: { ...raw, background: "black", noise } }).raw().toBuffer();
  for (let quality = 95; quality > 0; quality -= 5) {
    const bytes = await sharp(pixels, { raw }).jpeg({ quality }).toBuffer();
    if (bytes.length <= LARGEST_BYTES) return bytes;
  }
  throw new Error(`no picture of ${width} × ${height} fits into ${LARGEST_BYTES} bytes`);
}

/** They send one picture after the other until they are told to stop. In a process of its own. */
async function upload() {
  const bytes = await photo(JSON.parse(size ?? ""));
  const count = { taken: 0, refused: 0 };
  const send = async (/** @type {User} */ sender) => {
    const headers = { authorization: `Bearer ${sender.token}` };
    const found = await fetch(`${base}/api/conversations`, { headers });
    const path = `/api/conversations/${/** @type {any} */ (await found.json()).items[0].id}/attachments`;
    for (;;) {
      const answer = await fetch(base + path, { method: "POST", headers, body: formOf([bytes]) });
      if (answer.status === 201) count.taken++;
      else if (answer.status === 503) count.refused++;
      else throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      // What is sent together takes more memory than uploads may take: whoever finds no room comes again.
      if (answer.status === 503) await pause(1000 * Number(answer.headers.get("retry-after") ?? 1));
    }
  };
  process.on("message", () => process.send?.(count, () => process.exit()));
  process.send?.(bytes.length);
  await Promise.all(senders.map(send));
}

/** Signs in, one after the other. */
async function measure() {
  /** @type {number[]} */
  const took = [];
  for (let index = 0; index < Number(signIns); index++) {
    const { email, password } = users[index % users.length];
    const started = performance.now();
    const answer = await fetch(`${base}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
    took.push(performance.now() - started);
  }
  return percentilesOf(took);
}

/** @param {string} what @param {Awaited<ReturnType<typeof measure>>} took @param {string} pictures */
function print(what, { p50, p99, most }, pictures) {
  console.log(`| ${what} | ${[p50, p99, most].map((millis) => millis.toFixed(0)).join(" / ")} | ${pictures} |`);
}

async function compare() {
  await measure(); // Connections and caches get warm.
  console.log(`| ${signIns} sign-ins, one after the other | p50 / p99 / most in ms | pictures taken a second, sent away |`);
  console.log("| --- | ---: | ---: |");
  print("alone", await measure(), "–");
  for (const size of SIZES) {
    const child = fork(new URL(import.meta.url), [base, file, signIns, uploads, JSON.stringify(size)]);
    const [bytes] = await once(child, "message");
    // All of them have sent their first picture, or are at it.
    await pause(2000);
    const started = performance.now();
    const took = await measure();
    const seconds = (performance.now() - started) / 1000;
    child.send("stop");
    const [{ taken, refused }] = await once(child, "message");
    const pixels = `${((size.width * size.height) / 1e6).toFixed(0)} megapixels and ${(bytes / 1024 / 1024).toFixed(1)} MiB`;
    print(`beside ${uploads} uploads of ${pixels}`, took, `${(taken / (seconds + 2)).toFixed(1)}, ${refused}`);
  }
}

await (size ? upload() : compare());
