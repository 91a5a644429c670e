// Devices that come back: what they lack comes once and in order, they hold up nobody, and what somebody was not told,
// because an answer or a notice was lost, is told as soon as anything says that it exists.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { setStatus, storeUntold } from "../support/database.js";
import { FANOUTS, prepareNodes } from "../support/nodes.js";
import { peopleOf } from "../support/people.js";
import { openServer } from "../support/server.js";
import { connect, messageFrom, TRANSPORTS } from "../support/sockets.js";

const server = await openServer({ people: { pairs: 12, doctors: 2, idle: 4 } });
const people = peopleOf(server);

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** @param {import("../support/sockets.js").Device} device */
const heard = (device) => device.all("newMessage").map((message) => message.seq);

/** @param {import("../support/people.js").Pair} pair @param {number} count */
async function talk({ owner, doctor }, count) {
  for (let said = 0; said < count; said++) await owner.say(doctor, `pesan ${said}`);
}

for (const transport of TRANSPORTS) {
  describe(`over ${transport}`, () => {
    test("many devices that know different parts each hear the rest once and in order, while both go on", async (t) => {
      const pair = await people.pair();
      await talk(pair, 60);
      const knowing = (/** @type {number} */ known) => ({
        auth: { token: pair.doctor.token, lastSeq: { [pair.conversationId]: known } },
      });
      const known = range(0, 29).map((index) => index * 2);
      const going = talk(pair, 30);
      const devices = await Promise.all(known.map((seq) => connect(t, pair.doctor, transport, knowing(seq))));
      await going;
      for (const [index, device] of devices.entries()) {
        const seq = known[index] ?? 0;
        await device.gather("newMessage", 90 - seq);
        await device.caughtUp();
        assert.deepEqual(heard(device), range(seq + 1, 90));
      }
    });

    test("whoever knows everything, or claims to know more, hears only what follows", async (t) => {
      const pair = await people.pair();
      await talk(pair, 3);
      for (const claim of [3, 4, 2 ** 31 - 1]) {
        const auth = { token: pair.doctor.token, lastSeq: { [pair.conversationId]: claim } };
        const device = await connect(t, pair.doctor, transport, { auth });
        await device.caughtUp();
        const { seq } = await pair.owner.say(pair.doctor, "sesudahnya");
        await device.next("newMessage", (message) => message.seq === seq);
        assert.deepEqual(heard(device), [seq]);
      }
    });

    test("a conversation that has ended is told to its end, and to nobody else", async (t) => {
      const [pair, others] = [await people.pair(), await people.pair()];
      await talk(pair, 5);
      await pair.doctor.api.patch(`/api/messages/end/${pair.conversationId}`);
      const lastSeq = { [pair.conversationId]: 2 };
      const phone = await connect(t, pair.owner, transport, { auth: { token: pair.owner.token, lastSeq } });
      assert.deepEqual((await phone.gather("newMessage", 3)).map((message) => message.seq), [3, 4, 5]);
      const stranger = await connect(t, others.owner, transport, { auth: { token: others.owner.token, lastSeq } });
      await stranger.caughtUp();
      assert.deepEqual(heard(stranger), []);
    });
  });
}

test("a message whose commit was not answered is told when it is sent again", async (t) => {
  const pair = await people.pair();
  const [phone, desk] = [await connect(t, pair.owner, "websocket"), await connect(t, pair.doctor, "polling")];
  const { conversationId } = pair;
  const first = { conversationId, senderId: pair.owner.id, seq: 1, clientId: randomUUID(), message: "jawabannya hilang" };
  await storeUntold(server.database, first);
  const event = messageFrom(pair, "owner", { message: first.message, clientId: first.clientId });
  assert.equal((await phone.ask("sendMessage", event)).seq, 1);
  for (const device of [phone, desk]) assert.equal((await device.next("newMessage")).clientId, first.clientId);
  // Again makes nobody hear it twice.
  await phone.ask("sendMessage", event);
  const { seq } = await pair.doctor.say(pair.owner, "sampai");
  for (const device of [phone, desk]) {
    await device.next("newMessage", (message) => message.seq === seq);
    assert.deepEqual(heard(device), [1, 2]);
  }
});

const skip = process.env.TEST_DATABASE_URL ? false : "needs PostgreSQL";

for (const fanout of FANOUTS) {
  describe(`on another node over ${fanout}`, { skip }, () => {
    test("a lost answer to a commit, and a lost notice of a beginning, are made up for", async (t) => {
      const nodes = await prepareNodes({ count: 2, fanout, people: { pairs: 2, doctors: 2, idle: 2 } });
      t.after(() => nodes.close());
      await nodes.start();
      const there = peopleOf(nodes.first);
      const pair = await there.pair();
      const { conversationId } = pair;
      const desk = await connect(t, pair.doctor.at(nodes.at(1)), "websocket");
      const lost = { conversationId, senderId: pair.owner.id, seq: 1, clientId: randomUUID(), message: "hilang" };
      await storeUntold(nodes.first.database, lost);
      const body = { message: lost.message, clientId: lost.clientId };
      const path = `/api/conversations/${conversationId}/messages`;
      assert.equal((await pair.owner.at(nodes.at(0)).api.post(path, body)).status, 200);
      assert.equal((await desk.next("newMessage")).seq, 1);

      const late = await there.pair();
      await setStatus(nodes.first.database, late.conversationId, "ended");
      const pager = await connect(t, late.doctor.at(nodes.at(1)), "websocket");
      await setStatus(nodes.first.database, late.conversationId, "active");
      const said = await late.owner.at(nodes.at(0)).say(late.doctor, "kamu tidak tahu ini sudah mulai");
      assert.equal((await pager.next("newMessage")).id, said.id);
    });
  });
}
