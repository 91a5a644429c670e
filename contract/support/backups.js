// Backups as an operator makes them: by the program itself on SQLite, by the scripts on PostgreSQL.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { BINARY } from "./program.js";
import { prepareServer } from "./server.js";

const PATIENCE_MS = 60_000;

/** @typedef {import("./server.js").Server} Server */

export const isOnPostgres = Boolean(process.env.TEST_DATABASE_URL);
/** The copy of the database within a backup. */
export const DATABASE = isOnPostgres ? "hellopet.dump" : "hellopet.db";

/** A folder for backups that goes with the test. @param {import("node:test").TestContext} t */
export async function shelf(t) {
  const folder = await mkdtemp(join(tmpdir(), "hellopet-backups-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * @param {"backup" | "restore"} what
 * @param {Server} server
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function operate(what, server, args, env = {}) {
  if (!isOnPostgres) return server.run([what, ...args]);
  const script = fileURLToPath(new URL(`../../scripts/postgres-${what}.sh`, import.meta.url));
  const all = { PATH: process.env.PATH ?? "", HELLOPET_BIN: BINARY, ...server.env, ...env };
  return new Promise((done, fail) => {
    execFile(script, args, { cwd: server.folder, env: all, timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") fail(error);
      else done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** A backup of a server. @param {Server} server @param {string} folder that is to be made */
export async function backUp(server, folder) {
  const result = await operate("backup", server, [folder]);
  assert.equal(result.code, 0, result.stderr);
  return folder;
}

/**
 * A place without data, for the same people: where a backup is restored.
 * @param {Server} server
 * @param {import("node:test").TestContext} t
 */
export async function newMachine(server, t) {
  const machine = await prepareServer({ people: null });
  t.after(() => machine.close());
  machine.jwtSecret = server.jwtSecret;
  machine.env.JWT_SECRET = server.jwtSecret;
  machine.users = server.users;
  return machine;
}

/** Every file within a folder, by its path there. @param {string} folder @returns {Promise<string[]>} */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

/** Makes the checksums of a backup true again, after something was changed in it. @param {string} folder */
export async function reseal(folder) {
  let list = "";
  for (const path of await filesIn(folder)) {
    if (path === "SHA256SUMS") continue;
    list += `${createHash("sha256").update(await readFile(join(folder, path))).digest("hex")}  ${path}\n`;
  }
  await writeFile(join(folder, "SHA256SUMS"), list);
}

/** Somebody who writes, one message after the other, until told to stop. */
export class Writer {
  /** @type {any[]} what was acknowledged, in that order */
  acknowledged = [];
  /** @type {(() => void)[]} */
  #waiting = [];
  #stopped = false;

  /** @param {import("./people.js").Pair} pair @param {"owner" | "doctor"} from */
  constructor({ owner, doctor }, from) {
    const [writer, reader] = from === "owner" ? [owner, doctor] : [doctor, owner];
    this.done = this.#write(writer, reader);
  }

  /** @param {import("./people.js").Person} writer @param {import("./people.js").Person} reader */
  async #write(writer, reader) {
    while (!this.#stopped) {
      this.acknowledged.push(await writer.say(reader, `pesan ${randomUUID()}`));
      for (const look of this.#waiting.splice(0)) look();
    }
  }

  /** Waits until so many more have been acknowledged. @param {number} count */
  async more(count) {
    const goal = this.acknowledged.length + count;
    while (this.acknowledged.length < goal) {
      await Promise.race([this.done, new Promise((done) => this.#waiting.push(() => done(undefined)))]);
    }
  }

  async stop() {
    this.#stopped = true;
    await this.done;
  }
}
