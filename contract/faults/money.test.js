// Purchases while the server is killed: whoever asks again gets an answer, and at the end our books, the gateway's and
// the consultations tell the same story.

import assert from "node:assert/strict";
import { test } from "node:test";

import { count, endLeases } from "../support/database.js";
import { peopleOf } from "../support/people.js";
import { prepareServer } from "../support/server.js";
import { choosePlan } from "./parts/plan.js";
import { Customer, fateOf } from "./parts/purchase.js";
import { chooseSeed, Random } from "./parts/random.js";
import { pause } from "./parts/pause.js";

const plan = choosePlan();
/** Who buys at the same time, each one purchase after the other. */
const AT_ONCE = 6;
const DOCTORS = 4;
const PATIENCE_MS = 60_000;

test("purchases while the server is killed", { timeout: plan.limitMinutes * 60_000 }, async (t) => {
  const seed = chooseSeed();
  console.log(`purchases: FAULT_SEED=${seed}`);
  const server = await prepareServer({ people: { pairs: 0, doctors: DOCTORS, idle: plan.purchases } });
  t.after(() => server.close());
  await server.start();
  const customers = await buyAmidKills(server, new Random(seed));
  await settleDown(server);
  for (const customer of customers) await customer.compareWithGateway();
  await judge(server, seed);
});

/**
 * @param {import("../support/server.js").Server} server
 * @param {Random} random
 */
async function buyAmidKills(server, random) {
  const people = peopleOf(server);
  const doctors = Array.from({ length: DOCTORS }, () => people.doctor());
  const waiting = Array.from({ length: plan.purchases }, () => ({
    customer: new Customer(people.owner(), random.pick(doctors)),
    fate: fateOf(random),
  }));
  const customers = waiting.map(({ customer }) => customer);
  const killAt = Array.from({ length: plan.kills }, (_, index) => Math.round(((index + 0.5) * plan.purchases) / plan.kills));
  let begun = 0;
  let falling = Promise.resolve();
  const buyers = Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (killAt.includes(++begun)) falling = falling.then(() => fall(server));
      await next.customer.live(next.fate);
    }
  });
  await Promise.all(buyers);
  await falling;
  return customers;
}

/** A power cut. @param {import("../support/server.js").Server} server */
async function fall(server) {
  await server.kill();
  await server.start();
}

/**
 * What a killed server had begun is another's once its lease has ended: not waited for here.
 * @param {import("../support/server.js").Server} server
 */
async function settleDown(server) {
  await endLeases(server.database);
  const deadline = Date.now() + PATIENCE_MS;
  const isDue = () => `run_at <= ${Date.now()} AND dead_at IS NULL AND lane <> 'upkeep'`;
  const due = () => count(server.database, `SELECT COUNT(*) AS count FROM jobs WHERE ${isDue()}`);
  while ((await due()) > 0 && Date.now() < deadline) await pause(200);
  assert.equal(await due(), 0, "jobs are still due");
}

/**
 * @param {import("../support/server.js").Server} server
 * @param {number} seed
 */
async function judge(server, seed) {
  await server.stop();
  const verified = await server.run(["ledger", "verify"]);
  assert.equal(verified.code, 0, `FAULT_SEED=${seed}: ${verified.stdout}${verified.stderr}`);
  const none = {
    "a consultation under way or ended was not paid":
      "consultations c JOIN orders o ON o.id = c.order_id WHERE c.status IN ('active', 'ended') " +
      "AND o.status NOT IN ('paid', 'earned', 'refunded')",
    "what is owed back has no refund that says where it is":
      "payments p WHERE p.settled_at IS NOT NULL AND p.status <> 'reversed' " +
      "AND p.promised_amount > p.refunded_amount + p.paid_out_amount AND NOT EXISTS (SELECT 1 FROM refunds r " +
      "WHERE r.payment_id = p.id AND r.status IN ('requested', 'sent', 'manual', 'failed'))",
    "a job has died": "jobs WHERE dead_at IS NOT NULL",
  };
  for (const [what, rows] of Object.entries(none)) {
    assert.equal(await count(server.database, `SELECT COUNT(*) AS count FROM ${rows}`), 0, `FAULT_SEED=${seed}: ${what}`);
  }
}
