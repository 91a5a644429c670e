// A private Redis for fan-out between nodes: nothing on disk, a free port on loopback, gone with the test. It can be
// frozen, lost, killed and started again on the same port, as a bad day would do it.

import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

const PATIENCE_MS = 10_000;

/** The way from the nodes to Redis. */
class Cable {
  /** @type {Set<import("node:net").Socket>} both ends of all connections */
  #ends = new Set();
  #server;

  /** @param {number} port where it leads */
  constructor(port) {
    this.#server = createServer((near) => this.#carry(near, connect(port, "127.0.0.1")));
  }

  /** @param {import("node:net").Socket} near @param {import("node:net").Socket} far */
  #carry(near, far) {
    for (const [from, to] of /** @type {const} */ ([
      [near, far],
      [far, near],
    ])) {
      this.#ends.add(from);
      from.on("error", () => {});
      from.on("close", () => {
        this.#ends.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }

  /** @returns {Promise<number>} its port */
  open() {
    return new Promise((done) => {
      this.#server.listen(0, "127.0.0.1", () => {
        done(/** @type {import("node:net").AddressInfo} */ (this.#server.address()).port);
      });
    });
  }

  /** Carries nothing more on what is connected now, and tells neither end; who connects from now on is carried. */
  lose() {
    for (const end of this.#ends) end.unpipe();
  }

  close() {
    this.#server.close();
    for (const end of this.#ends) end.destroy();
  }
}

export class Redis {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #process;
  #cable;
  url = "";

  /** @param {number} port */
  constructor(port) {
    this.port = port;
    this.#cable = new Cable(port);
  }

  /** Its nodes reach it from now on. */
  async lay() {
    this.url = `redis://127.0.0.1:${await this.#cable.open()}`;
  }

  /** Its connections lead nowhere any more, and nobody is told. */
  lose() {
    this.#cable.lose();
  }

  close() {
    this.#cable.close();
    return this.kill();
  }

  /** Also after a kill: on the same port, with nothing in it. */
  start() {
    const args = ["--port", String(this.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
    this.#process = child;
    /** @type {Promise<void>} */
    const ready = new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error("Redis did not get ready")), PATIENCE_MS);
      child.on("error", fail);
      child.on("close", () => fail(new Error("Redis ended before it was ready")));
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (!line.includes("Ready to accept connections")) return;
        clearTimeout(timer);
        done();
      });
    });
    return ready;
  }

  /** It keeps its connections and answers nothing, as a machine that is lost behind a network does. */
  freeze() {
    this.#process?.kill("SIGSTOP");
  }

  thaw() {
    this.#process?.kill("SIGCONT");
  }

  /** @returns {Promise<void>} */
  kill() {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((done) => {
      child.on("close", () => done());
      child.kill("SIGKILL");
    });
  }
}

export async function startRedis() {
  const redis = new Redis(await freePort());
  await redis.start();
  await redis.lay();
  return redis;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => done(port));
    });
  });
}
