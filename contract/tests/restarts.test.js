// A node may be killed at any moment: what was acknowledged is there exactly once. And it may be stopped politely.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { baseOf, buy, officialClient, profitOf } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { openServer } from "../support/server.js";
import { beginRequest } from "../support/slow-request.js";
import { connect, messageFrom, TRANSPORTS } from "../support/sockets.js";

const FEW = { pairs: 3, doctors: 5, idle: 14 };
const KILLS = 4;
const BURST = 60;

/** @param {number} count */
const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);

/** @param {import("../support/people.js").Pair} pair @returns {Promise<any[]>} */
async function stored({ owner, doctor }) {
  const query = { senderId: owner.id, receiverId: doctor.id };
  return (await owner.api.get("/api/messages/client", { query })).body;
}

/** What somebody sends, and what became of it. */
class Outbox {
  /** @type {Map<string, any>} events by clientId */
  sent = new Map();
  /** @type {Map<string, any>} messages by clientId */
  acknowledged = new Map();
  /** @type {() => void} */
  #onAcknowledged = () => {};

  /** @param {import("../support/people.js").Pair} pair @param {"owner" | "doctor"} from */
  constructor(pair, from) {
    this.pair = pair;
    this.from = from;
  }

  /** @param {import("../support/sockets.js").Device} device @param {string} [clientId] an earlier one, to send again */
  send(device, clientId = randomUUID()) {
    const event =
      this.sent.get(clientId) ?? messageFrom(this.pair, this.from, { clientId, message: `pesan ${clientId}` });
    this.sent.set(clientId, event);
    device.socket.emit("sendMessage", event, (/** @type {any} */ ack) => this.#note(clientId, ack));
  }

  /** @param {string} clientId @param {any} ack */
  #note(clientId, ack) {
    if (ack.seq === undefined) return;
    this.acknowledged.set(clientId, ack);
    this.#onAcknowledged();
  }

  /** Waits until so many have been acknowledged in all. @param {number} count @returns {Promise<void>} */
  until(count) {
    return new Promise((done) => {
      this.#onAcknowledged = () => {
        if (this.acknowledged.size >= count) done();
      };
      this.#onAcknowledged();
    });
  }

  get open() {
    return [...this.sent.keys()].filter((clientId) => !this.acknowledged.has(clientId));
  }
}

/**
 * Every acknowledged message is stored once, as it was acknowledged.
 * @param {any[]} rows
 * @param {Outbox[]} outboxes
 */
function assertKept(rows, outboxes) {
  assert.deepEqual(
    rows.map((row) => row.seq),
    upTo(rows.length),
    "seq has gaps or doubles",
  );
  const ids = rows.map((row) => row.clientId);
  assert.equal(new Set(ids).size, ids.length, "a message was stored twice");
  const byClientId = new Map(rows.map((row) => [row.clientId, row]));
  for (const { acknowledged } of outboxes) {
    for (const [clientId, message] of acknowledged) {
      const row = byClientId.get(clientId);
      assert.ok(row, `an acknowledged message is lost: seq ${message.seq} of ${rows.length}`);
      assert.deepEqual([row.id, row.seq, row.message], [message.id, message.seq, message.message]);
    }
  }
}

describe("killed in the middle of sending", () => {
  for (const transport of TRANSPORTS) {
    test(
      `what was acknowledged is there once, and sending again makes no doubles, over ${transport}`,
      { timeout: 60_000 },
      async (t) => {
        const server = await openServer({ people: FEW }, t);
        const pair = await peopleOf(server).pair();
        const outboxes = [new Outbox(pair, "owner"), new Outbox(pair, "doctor")];
        const devices = await Promise.all(
          [pair.owner, pair.doctor].map((person) => connect(t, person, transport, { reconnection: true })),
        );
        for (let kill = 0; kill < KILLS; kill++) {
          const target = outboxes.map((outbox) => outbox.acknowledged.size + 10 + 5 * kill);
          for (const [index, outbox] of outboxes.entries()) {
            for (let count = 0; count < BURST; count++) outbox.send(/** @type {any} */ (devices[index]));
          }
          await Promise.all(outboxes.map((outbox, index) => outbox.until(target[index] ?? 0)));
          for (const device of devices) device.forget();
          await server.kill();
          for (const device of devices) await device.next("disconnect");
          await server.start();
          for (const device of devices) await device.next("connect");
          assertKept(await stored(pair), outboxes);
          // What was not acknowledged may or may not be stored: sending it again settles it.
          for (const [index, outbox] of outboxes.entries()) {
            const { open } = outbox;
            for (const batch of chunks(open, 100)) {
              const soFar = outbox.acknowledged.size;
              for (const clientId of batch) outbox.send(/** @type {any} */ (devices[index]), clientId);
              await outbox.until(soFar + batch.length);
            }
          }
          const rows = await stored(pair);
          assertKept(rows, outboxes);
          assert.equal(
            rows.length,
            outboxes.reduce((sum, outbox) => sum + outbox.sent.size, 0),
          );
        }
      },
    );
  }

  test("over HTTP, a repeated request finds what the lost answer was about", { timeout: 60_000 }, async (t) => {
    const server = await openServer({ people: FEW }, t);
    const { owner, doctor, conversationId } = await peopleOf(server).pair();
    const path = `/api/conversations/${conversationId}/messages`;
    const bodies = upTo(80).map((index) => ({ message: `pesan ${index}`, clientId: randomUUID() }));
    let answered = 0;
    /** @type {() => void} */
    let enough = () => {};
    const halfWay = new Promise((done) => (enough = () => done(undefined)));
    const first = bodies.map(async (body) => {
      const answer = await owner.api.post(path, body).catch(() => undefined);
      if (answer && ++answered === 20) enough();
      return answer;
    });
    await halfWay;
    await server.kill();
    const answers = await Promise.all(first);
    await server.start();
    for (const [index, body] of bodies.entries()) {
      const again = await owner.api.post(path, body);
      assert.ok(again.status === 200 || again.status === 201, again.text);
      const before = answers[index];
      if (before)
        assert.deepEqual([again.status, again.body.id, again.body.seq], [200, before.body.id, before.body.seq]);
    }
    const rows = await stored({ owner, doctor, conversationId });
    assert.deepEqual(
      rows.map((row) => row.seq),
      upTo(80),
    );
  });

  test("while payments settle, each settles once or not at all", { timeout: 60_000 }, async (t) => {
    const server = await openServer({ people: FEW }, t);
    const people = peopleOf(server);
    const doctor = people.doctor();
    const buyers = await Promise.all(
      upTo(12).map(async () => {
        const owner = people.owner();
        return { owner, purchase: await buy(owner, doctor) };
      }),
    );
    const settling = buyers.map(({ purchase }) =>
      server.visitor
        .post(`/sandbox/midtrans/simulate/${purchase.orderId}`, { outcome: "settlement" })
        .catch(() => undefined),
    );
    await Promise.any(settling.map(async (answer) => assert.ok(await answer)));
    await server.kill();
    await Promise.all(settling);
    await server.start();
    const gateway = officialClient(server);
    let settled = 0;
    for (const { owner, purchase } of buyers) {
      const atGateway = await gateway.transaction
        .status(purchase.orderId)
        .catch(() => ({ transaction_status: "none" }));
      const { body: payment } = await owner.api.post(`/api/payment/${purchase.transactionId}/refresh`);
      const isPaid = atGateway.transaction_status === "settlement";
      assert.equal(payment.status, isPaid ? "settled" : "pending");
      assert.equal((await owner.api.get("/api/conversations")).body.items.length, isPaid ? 1 : 0);
      if (isPaid) settled++;
    }
    assert.ok(settled > 0);
    assert.equal(await profitOf(doctor), settled * baseOf(buyers[0]?.purchase.quote));
  });
});

describe("stopped by a service manager", () => {
  test("requests that are under way finish, and the server ends cleanly", async (t) => {
    const server = await openServer({ people: FEW }, t);
    const owner = peopleOf(server).owner();
    const signIn = await beginRequest(server, "/api/auth/login", {}, { email: owner.email, password: owner.password });
    const stopped = server.stop();
    await server.process?.line((line) => /stopping/.test(line.message));
    const answer = await signIn.finish();
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.equal(await stopped, 0);
  });

  test("a message that is under way is stored and answered, although nobody can be told any more", async (t) => {
    const server = await openServer({ people: FEW }, t);
    const pair = await peopleOf(server).pair();
    const device = await connect(t, pair.owner, "websocket");
    const headers = { authorization: `Bearer ${pair.owner.token}` };
    const path = `/api/conversations/${pair.conversationId}/messages`;
    const sending = await beginRequest(server, path, headers, { message: "terakhir", clientId: randomUUID() });
    const stopped = server.stop();
    // Its sockets are closed by now, which is the last thing before it waits for requests.
    await device.next("disconnect");
    const answer = await sending.finish();
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.equal(await stopped, 0);
    await server.start();
    assert.deepEqual(
      (await stored(pair)).map((row) => row.id),
      [answer.body.id],
    );
  });

  for (const transport of TRANSPORTS) {
    test(`clients come back by themselves and send on over ${transport}`, async (t) => {
      const server = await openServer({ people: FEW }, t);
      const pair = await peopleOf(server).pair();
      const [phone, desk] = [
        await connect(t, pair.owner, transport, { reconnection: true }),
        await connect(t, pair.doctor, transport, { reconnection: true }),
      ];
      const first = await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "sebelum" }));
      assert.deepEqual(await desk.next("newMessage"), first);
      for (const device of [phone, desk]) device.forget();
      assert.equal(await server.stop(), 0);
      for (const device of [phone, desk]) await device.next("disconnect");
      await server.start();
      for (const device of [phone, desk]) await device.next("connect");
      const second = await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "sesudah" }));
      assert.deepEqual(await desk.next("newMessage"), second);
      assert.deepEqual(
        (await stored(pair)).map((row) => row.id),
        [first.id, second.id],
      );
    });
  }

  test("what was acknowledged on the way out is there once", async (t) => {
    const server = await openServer({ people: FEW }, t);
    const pair = await peopleOf(server).pair();
    const outbox = new Outbox(pair, "owner");
    const phone = await connect(t, pair.owner, "websocket", { reconnection: true });
    for (let count = 0; count < BURST; count++) outbox.send(phone);
    await outbox.until(10);
    phone.forget();
    await server.stop();
    await phone.next("disconnect");
    await server.start();
    await phone.next("connect");
    assertKept(await stored(pair), [outbox]);
  });
});

/** @template T @param {T[]} all @param {number} size @returns {T[][]} */
function chunks(all, size) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
