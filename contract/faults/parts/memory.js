// How much memory a server holds. Bounds are on growth: what it needs to exist is not the subject.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const MIB = 1024 * 1024;

/** @param {import("../../support/server.js").Server} server */
export async function residentBytes(server) {
  const status = await readFile(`/proc/${server.process?.pid}/status`, "utf8");
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  assert.ok(kibibytes, "no VmRSS");
  return Number(kibibytes) * 1024;
}

export class MemoryWatch {
  #before = 0;
  #highest = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /** @param {import("../../support/server.js").Server} server */
  constructor(server) {
    this.server = server;
  }

  /** Looks at it again and again until `stop`, so that a passing peak counts. @param {import("node:test").TestContext} t */
  async start(t) {
    this.#before = this.#highest = await residentBytes(this.server);
    this.#timer = setInterval(() => void this.#look().catch(() => {}), 50);
    t.after(() => clearInterval(this.#timer));
  }

  async #look() {
    this.#highest = Math.max(this.#highest, await residentBytes(this.server));
  }

  /** @param {string} what @param {number} mostMib growth at the peak */
  async assertGrewAtMost(what, mostMib) {
    clearInterval(this.#timer);
    await this.#look();
    const [before, grown] = [this.#before / MIB, (this.#highest - this.#before) / MIB];
    console.log(
      `${what}: ${before.toFixed(0)} MiB resident, +${grown.toFixed(0)} MiB at the peak, bound +${mostMib} MiB`,
    );
    assert.ok(grown <= mostMib, `the server grew by ${grown.toFixed(0)} MiB, by more than ${mostMib} MiB`);
  }
}
