// A started server with a folder and a database of its own. Tests share one per file and bring their own people.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after } from "node:test";

import { Client } from "./client.js";
import { createDatabase } from "./database.js";
import { PublishedDocument } from "./document.js";
import { runCommand, Serving } from "./program.js";

/**
 * @typedef {object} Options
 * @property {Record<string, string>} [env] on top of what every server of this suite gets
 * @property {string[]} [args] of `serve`
 * @property {{ pairs?: number, doctors?: number, idle?: number } | null} [people] made before the start; null for none
 */

/** Enough for any one file; making them takes less than a second. */
const PEOPLE = { pairs: 100, doctors: 60, idle: 120 };

export class Server {
  /** @type {Serving[]} one for every start */
  processes = [];
  port = 0;
  /** @type {PublishedDocument | undefined} */
  document;
  /** @type {Set<{ close: () => void }>} what is connected to it and would go on knocking after its end */
  devices = new Set();
  /** @type {any} */
  users = { users: [], pairs: [] };

  /**
   * @param {string} folder
   * @param {import("./database.js").Database} database
   * @param {Options} options
   */
  constructor(folder, database, options) {
    this.folder = folder;
    this.database = database;
    this.args = ["serve", ...(options.args ?? [])];
    this.jwtSecret = randomBytes(36).toString("base64");
    /** @type {Record<string, string>} */
    this.env = {
      DATABASE_URL: database.url,
      // Several servers share the PostgreSQL of a test run.
      DATABASE_CONNECTIONS: "8",
      JWT_SECRET: this.jwtSecret,
      RATE_LIMITS: "off",
      // What a notification brings must not be brought by the regular look-up instead.
      RECONCILE_SECONDS: "3600",
      LOG_FORMAT: "json",
      PORT: "0",
      ...options.env,
    };
  }

  /** The newest one. */
  get process() {
    return this.processes.at(-1);
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A caller who is not signed in. */
  get visitor() {
    return new Client(this);
  }

  /**
   * Another node on the same database, for the same people; whoever asks for it starts it and ends it.
   * @param {Record<string, string>} [env]
   */
  sibling(env = {}) {
    const node = new Server(this.folder, this.database, {});
    node.jwtSecret = this.jwtSecret;
    node.env = { ...this.env, PORT: "0", ...env };
    node.users = this.users;
    return node;
  }

  /** Starts serving; after a stop, on the same port and the same database. */
  async start() {
    const serving = new Serving(this.args, { env: this.env, folder: this.folder });
    this.processes.push(serving);
    const open = await serving.line((line) => line.message === "HELLOPET! is open");
    this.port = open.port;
    this.env.PORT = String(open.port);
    this.document ??= await PublishedDocument.of(this.url);
  }

  /** Runs a command of the binary on this server's database. @param {string[]} args */
  run(args) {
    return runCommand(args, { env: this.env, folder: this.folder });
  }

  /** Ends it as a power cut would. */
  async kill() {
    await this.process?.signal("SIGKILL");
  }

  /** Ends it as a service manager would. */
  async stop() {
    return this.process?.signal("SIGTERM");
  }

  /** Fills the empty database with people who can sign in, and pairs who may talk. @param {typeof PEOPLE} counts */
  async populate(counts) {
    const file = join(this.folder, "users.json");
    const args = ["fixture", "--out", file];
    // The first doctors sit in the pairs; the others know nobody.
    args.push("--pairs", String(counts.pairs), "--doctors", String(counts.pairs + counts.doctors));
    args.push("--idle", String(counts.idle));
    const result = await this.run(args);
    assert.equal(result.code, 0, result.stderr);
    this.users = JSON.parse(await readFile(file, "utf8"));
  }

  /** Stops it and leaves nothing behind; a request that failed inside the server fails the tests. */
  async close() {
    try {
      await this.end();
    } finally {
      await this.database.drop();
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  /** Stops it for good and looks at what it said; its database and its folder stay. */
  async end() {
    for (const device of this.devices) device.close();
    const code = await this.stop();
    const lines = this.processes.flatMap((serving) => serving.lines);
    const broken = lines.filter((line) => /request failed|panicked/.test(line.message));
    assert.deepEqual(broken, [], `the server of ${basename(process.argv[1] ?? "")} failed inside`);
    if (this.process) assert.equal(code, 0, `the server did not end cleanly: ${this.process.condition}`);
  }
}

/**
 * A server without a process: for tests that start, stop and kill it themselves.
 * @param {Options} [options]
 */
export async function prepareServer(options = {}) {
  const folder = await mkdtemp(join(tmpdir(), "hellopet-contract-"));
  const server = new Server(folder, await createDatabase(folder), options);
  if (options.people !== null) await server.populate({ ...PEOPLE, ...options.people });
  return server;
}

/**
 * A running server that is closed after the tests of the file, or of the test whose context is given.
 * @param {Options} [options]
 * @param {import("node:test").TestContext} [t]
 */
export async function openServer(options = {}, t) {
  const server = await prepareServer(options);
  if (t) t.after(() => server.close());
  else after(() => server.close());
  await server.start();
  return server;
}
