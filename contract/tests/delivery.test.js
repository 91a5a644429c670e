// Order and delivery under pressure: each device of both sides hears every message once, in the order of seq, without
// gaps, and in the order in which its sender sent it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { peopleOf } from "../support/people.js";
import { assertProblemBody } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect, messageFrom, TRANSPORTS } from "../support/sockets.js";

const server = await openServer({ people: { pairs: 12, doctors: 1, idle: 1 } });
const people = peopleOf(server);

/** What each of the two says before hearing of any acknowledgement. */
const EACH = 100;

/** @param {number} count */
const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);

/** @param {import("../support/people.js").Pair} pair @returns {Promise<any[]>} */
async function stored({ owner, conversationId }) {
  const rows = [];
  let afterSeq = "0";
  while (afterSeq !== null) {
    const path = `/api/conversations/${conversationId}/messages`;
    const { body } = /** @type {any} */ (await owner.api.get(path, { query: { afterSeq, limit: 100 } }));
    rows.push(...body.items);
    afterSeq = body.nextCursor;
  }
  return rows;
}

for (const transport of TRANSPORTS) {
  test(`two hundred messages from both sides at once arrive in order, once, everywhere over ${transport}`, async (t) => {
    const pair = await people.pair();
    const devices = await Promise.all([
      connect(t, pair.owner, transport),
      connect(t, pair.doctor, transport),
      connect(t, pair.owner, "websocket"),
      connect(t, pair.doctor, "polling"),
    ]);
    const [phone, desk] = devices;
    const acks = [];
    for (const index of upTo(EACH)) {
      for (const [device, from] of /** @type {const} */ ([
        [phone, "owner"],
        [desk, "doctor"],
      ])) {
        acks.push(
          device.ask("sendMessage", messageFrom(pair, from, { message: `${from} ${index}`, clientId: randomUUID() })),
        );
      }
    }
    const acknowledged = await Promise.all(acks);
    for (const device of devices) await device.gather("newMessage", 2 * EACH);
    for (const device of devices) await device.caughtUp();

    for (const device of devices) {
      const heard = device.all("newMessage");
      assert.deepEqual(
        heard.map((message) => message.seq),
        upTo(2 * EACH),
        "in the order of seq, once, without gaps",
      );
      for (const from of /** @type {const} */ (["owner", "doctor"])) {
        const own = heard.filter((message) => message.senderId === pair[from].id).map((message) => message.message);
        assert.deepEqual(
          own,
          upTo(EACH).map((index) => `${from} ${index}`),
          "in the order of sending",
        );
      }
      assert.deepEqual(heard, phone.all("newMessage"));
    }
    const bySeq = acknowledged.sort((one, other) => one.seq - other.seq);
    assert.deepEqual(bySeq, phone.all("newMessage"), "acknowledged is what was told");
    assert.deepEqual(
      (await stored(pair)).map((message) => message.id),
      bySeq.map((message) => message.id),
    );
  });

  test(`more than a socket may have waiting is refused with a problem, never lost in silence, over ${transport}`, async (t) => {
    const pair = await people.pair();
    const phone = await connect(t, pair.owner, transport);
    const desk = await connect(t, pair.doctor, transport);
    const event = (/** @type {number} */ index) =>
      messageFrom(pair, "owner", { message: `pesan ${index}`, clientId: randomUUID() });
    const acks = await Promise.all(upTo(600).map((index) => phone.ask("sendMessage", event(index))));
    const taken = acks.filter((ack) => ack.seq !== undefined);
    for (const problem of acks.filter((ack) => ack.seq === undefined)) {
      assertProblemBody(problem);
      assert.ok([429, 503].includes(problem.status), JSON.stringify(problem));
    }
    assert.deepEqual(
      taken.map((message) => message.seq),
      upTo(taken.length),
      "in the order of sending, without gaps",
    );
    const rows = await stored(pair);
    assert.deepEqual(
      rows.map((message) => message.id),
      taken.map((message) => message.id),
    );
    const heard = await desk.gather("newMessage", taken.length);
    assert.deepEqual(
      heard.map((message) => message.id),
      taken.map((message) => message.id),
    );
  });
}

test("many conversations of many people at once stay apart", async (t) => {
  const pairs = await Promise.all(upTo(6).map(() => people.pair()));
  const rooms = await Promise.all(
    pairs.map(async (pair, index) => {
      const transport = TRANSPORTS[index % 2] ?? "websocket";
      return { pair, phone: await connect(t, pair.owner, transport), desk: await connect(t, pair.doctor, transport) };
    }),
  );
  await Promise.all(
    rooms.flatMap(({ pair, phone, desk }) =>
      upTo(20).flatMap((index) => [
        phone.ask("sendMessage", messageFrom(pair, "owner", { message: `${pair.conversationId} ${index}` })),
        desk.ask("sendMessage", messageFrom(pair, "doctor", { message: `${pair.conversationId} ${index}` })),
      ]),
    ),
  );
  for (const { pair, phone, desk } of rooms) {
    for (const device of [phone, desk]) {
      const heard = await device.gather("newMessage", 40);
      assert.deepEqual(
        heard.map((message) => message.seq),
        upTo(40),
      );
      assert.ok(
        heard.every((message) => message.message.startsWith(pair.conversationId)),
        "a stray message",
      );
    }
  }
});

test("nothing is told after the end of a conversation, and what was acknowledged came before it", async (t) => {
  const pair = await people.pair();
  const phone = await connect(t, pair.owner, "websocket");
  const desk = await connect(t, pair.doctor, "polling");
  const acks = upTo(60).map((index) =>
    phone.ask("sendMessage", messageFrom(pair, "owner", { message: `pesan ${index}` })),
  );
  await acks[0];
  const ended = await pair.doctor.api.patch(`/api/messages/end/${pair.conversationId}`);
  assert.equal(ended.status, 200, ended.text);
  const taken = (await Promise.all(acks)).filter((ack) => ack.seq !== undefined);
  assert.equal((await stored(pair)).length, taken.length);
  for (const device of [phone, desk]) {
    await device.next("conversationEnded");
    await device.caughtUp();
    const events = device.inbox.map((arrival) => arrival.event);
    assert.equal(events.lastIndexOf("newMessage") < events.indexOf("conversationEnded"), true, "told after the end");
    assert.equal(device.all("newMessage").length, taken.length);
  }
});
