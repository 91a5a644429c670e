// Several servers on one PostgreSQL that tell each other, by the fan-out that is asked for, what their sockets must hear.

import { after } from "node:test";

import { startRedis } from "./redis.js";
import { prepareServer } from "./server.js";

/** @typedef {"postgres" | "redis"} Fanout */

/** @type {Fanout[]} */
export const FANOUTS = ["postgres", "redis"];

export class Nodes {
  /**
   * @param {import("./server.js").Server[]} all
   * @param {import("./redis.js").Redis | undefined} redis where the nodes meet, if they meet there
   */
  constructor(all, redis) {
    this.all = all;
    this.redis = redis;
  }

  /** @returns {import("./server.js").Server} */
  get first() {
    return this.at(0);
  }

  /** @param {number} index @returns {import("./server.js").Server} */
  at(index) {
    const node = this.all[index];
    if (!node) throw new Error(`there is no node ${index}`);
    return node;
  }

  async start() {
    // The first migrates the database.
    for (const node of this.all) await node.start();
  }

  async close() {
    const [first, ...siblings] = this.all;
    try {
      for (const node of siblings) await node.end();
      await first?.close();
    } finally {
      await this.redis?.close();
    }
  }
}

/**
 * Nodes without processes, for tests that start and kill them; one node needs no fan-out.
 * @param {{ count: number, fanout?: Fanout, env?: Record<string, string>, people?: import("./server.js").Options["people"] }} options
 */
export async function prepareNodes({ count, fanout, env = {}, people }) {
  const redis = fanout === "redis" ? await startRedis() : undefined;
  const meeting = { ...(fanout && { FANOUT: fanout }), ...(redis && { REDIS_URL: redis.url }) };
  const first = await prepareServer({ env: { ...env, ...meeting }, people });
  const siblings = Array.from({ length: count - 1 }, () => first.sibling());
  return new Nodes([first, ...siblings], redis);
}

/**
 * Running nodes that are closed after the tests of the file, or of the test whose context is given.
 * @param {Parameters<typeof prepareNodes>[0]} options
 * @param {import("node:test").TestContext} [t]
 */
export async function openNodes(options, t) {
  const nodes = await prepareNodes(options);
  if (t) t.after(() => nodes.close());
  else after(() => nodes.close());
  await nodes.start();
  return nodes;
}
