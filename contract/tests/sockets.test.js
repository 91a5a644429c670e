// Contract 1: the events of Socket.IO, with the official client, over both transports.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { peopleOf } from "../support/people.js";
import { assertProblemBody } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect, knock, messageFrom, refusal, TRANSPORTS } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);

/** @param {import("../support/people.js").Pair} pair @returns {Promise<any[]>} all messages of the conversation */
async function stored({ owner, conversationId }) {
  const { body } = await owner.api.get(`/api/conversations/${conversationId}/messages`, {
    query: { afterSeq: 0, limit: 100 },
  });
  return body.items;
}

/**
 * A pair with two devices on each side.
 * @param {import("node:test").TestContext} t
 * @param {import("../support/sockets.js").Transport} transport
 */
async function connectedPair(t, transport) {
  const pair = await people.pair();
  const [phone, laptop, desk, tablet] = await Promise.all([
    connect(t, pair.owner, transport),
    connect(t, pair.owner, transport),
    connect(t, pair.doctor, transport),
    connect(t, pair.doctor, transport),
  ]);
  return { ...pair, phone, laptop, desk, tablet, all: [phone, laptop, desk, tablet] };
}

for (const transport of TRANSPORTS) {
  describe(`the handshake over ${transport}`, () => {
    test("2.1 a userId that is not the token's is refused, the token's own is taken", async (t) => {
      const [owner, other] = [people.owner(), people.owner()];
      for (const userId of [other.id, "1", ""]) {
        await refusal(t, server, { transport, token: owner.token, query: { userId } });
      }
      const device = await connect(t, owner, transport, { query: { userId: owner.id } });
      assert.ok(Array.isArray(await device.next("getOnlineUsers")));
    });

    test("uses the transport that was asked for", async (t) => {
      const device = await connect(t, people.owner(), transport);
      assert.equal(device.socket.io.engine.transport.name, transport);
    });

    test("another namespace is refused", async (t) => {
      const device = knock(t, server, { transport, token: people.owner().token });
      await device.next("connect");
      const admin = device.socket.io.socket("/admin");
      t.after(() => admin.disconnect());
      const error = await new Promise((done) => admin.on("connect_error", done));
      assert.equal(error.message, "Invalid namespace");
    });
  });

  describe(`sendMessage over ${transport}`, () => {
    test("2.11 is stored first and then told: acknowledgement, event and REST are the same row", async (t) => {
      const { owner, doctor, phone, desk, ...pair } = await connectedPair(t, transport);
      const event = messageFrom({ owner, doctor, ...pair }, "owner", {
        message: "Halo dok 🐶",
        clientId: randomUUID(),
      });
      const message = await phone.ask("sendMessage", event);
      assert.equal(message.seq, 1);
      assert.equal(message.message, event.message);
      assert.equal(message.clientId, event.clientId);
      assert.deepEqual(await desk.next("newMessage"), message);
      assert.deepEqual(await stored({ owner, doctor, ...pair }), [message]);
      const query = { senderId: doctor.id, receiverId: owner.id };
      const [seen] = (await doctor.api.get("/api/messages/client", { query })).body;
      assert.equal(seen.id, message.id);
    });

    test("2.11 both doors count in one row of numbers", async (t) => {
      const { owner, doctor, phone, desk, ...pair } = await connectedPair(t, transport);
      await phone.ask("sendMessage", messageFrom({ owner, doctor, ...pair }, "owner", { message: "satu" }));
      await doctor.say(owner, "dua");
      await desk.ask("sendMessage", messageFrom({ owner, doctor, ...pair }, "doctor", { message: "tiga" }));
      const rows = await stored({ owner, doctor, ...pair });
      assert.deepEqual(
        rows.map((each) => [each.seq, each.message]),
        [
          [1, "satu"],
          [2, "dua"],
          [3, "tiga"],
        ],
      );
    });

    test("2.8 every device of both hears it once, the sending one too", async (t) => {
      const { all, phone, ...pair } = await connectedPair(t, transport);
      const message = await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "untuk semua" }));
      for (const device of all) assert.deepEqual(await device.next("newMessage"), message);
      for (const device of all) await device.caughtUp();
      assert.deepEqual(
        all.map((device) => device.all("newMessage").length),
        [1, 1, 1, 1],
      );
    });

    test("2.8 a device that leaves does not silence the other one", async (t) => {
      const { phone, laptop, desk, ...pair } = await connectedPair(t, transport);
      phone.close();
      const message = await desk.ask("sendMessage", messageFrom(pair, "doctor", { message: "masih ada?" }));
      assert.deepEqual(await laptop.next("newMessage"), message);
      assert.deepEqual(phone.all("newMessage"), []);
    });

    test("nobody else hears it", async (t) => {
      const [{ phone, ...pair }, others] = [await connectedPair(t, transport), await connectedPair(t, transport)];
      await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "rahasia" }));
      for (const device of others.all) {
        await device.caughtUp();
        assert.deepEqual(device.all("newMessage"), []);
      }
    });

    test("2.1 in somebody else's name is refused with a problem and stores nothing", async (t) => {
      const pair = await people.pair();
      const stranger = await connect(t, people.owner(), transport);
      const owner = await connect(t, pair.owner, transport);
      for (const [device, from] of /** @type {const} */ ([
        [stranger, "owner"],
        [stranger, "doctor"],
        [owner, "doctor"],
      ])) {
        const problem = await device.ask("sendMessage", messageFrom(pair, from, { message: "palsu" }));
        assertProblemBody(problem, 403, "not_a_participant");
      }
      assert.deepEqual(await stored(pair), []);
    });

    test("2.2 without a paid consultation of the two is refused with a problem", async (t) => {
      const [{ owner }, doctor] = [await people.pair(), people.doctor()];
      const [device, target] = [await connect(t, owner, transport), await connect(t, doctor, transport)];
      const event = { senderId: owner.id, receiverId: doctor.id, message: "gratis?" };
      assertProblemBody(await device.ask("sendMessage", event), 403, "no_active_conversation");
      await target.caughtUp();
      assert.deepEqual(target.all("newMessage"), []);
    });

    test("the same clientId again acknowledges the first message and tells nobody", async (t) => {
      const { phone, desk, ...pair } = await connectedPair(t, transport);
      const event = messageFrom(pair, "owner", { message: "sekali", clientId: randomUUID() });
      const first = await phone.ask("sendMessage", event);
      assert.deepEqual(await phone.ask("sendMessage", { ...event, message: "lain" }), first);
      const path = `/api/conversations/${pair.conversationId}/messages`;
      const overHttp = await pair.owner.api.post(path, { message: "lain lagi", clientId: event.clientId });
      assert.equal(overHttp.status, 200, "the doors share their memory");
      assert.equal(overHttp.body.id, first.id);
      await desk.caughtUp();
      assert.equal(desk.all("newMessage").length, 1);
    });

    test("is stored and told when the client asks for no acknowledgement", async (t) => {
      const { phone, desk, ...pair } = await connectedPair(t, transport);
      phone.socket.emit("sendMessage", messageFrom(pair, "owner", { message: "tanpa balasan" }));
      const message = await desk.next("newMessage");
      assert.deepEqual(
        (await stored(pair)).map((each) => each.id),
        [message.id],
      );
    });
  });

  describe(`receipts over ${transport}`, () => {
    test("markAsRead tells every device of both how far somebody has read", async (t) => {
      const { owner, doctor, all, desk, conversationId } = await connectedPair(t, transport);
      for (const message of ["satu", "dua", "tiga"]) await owner.say(doctor, message);
      assert.equal((await doctor.conversation()).unreadCount, 3);
      const event = { senderId: doctor.id, receiverId: owner.id, conversationId, seq: 2 };
      const receipt = { userId: doctor.id, conversationId, seq: 2 };
      assert.deepEqual(await desk.ask("markAsRead", event), receipt);
      for (const device of all) assert.deepEqual(await device.next("messagesRead"), receipt);
      assert.equal((await doctor.conversation()).unreadCount, 1);
      const seen = await owner.conversation();
      assert.equal(seen.counterpartReadSeq, 2);
      const rows = await stored({ owner, doctor, conversationId });
      assert.deepEqual(rows.map((row) => row.status).slice(0, 2), ["read", "read"]);
      assert.notEqual(rows[2].status, "read");
    });

    test("as the original's clients send it, all of the newest conversation is read", async (t) => {
      const { owner, doctor, phone, desk, conversationId } = await connectedPair(t, transport);
      await doctor.say(owner, "satu");
      await doctor.say(owner, "dua");
      await phone.ask("markAsRead", { senderId: owner.id, receiverId: doctor.id });
      assert.deepEqual(await desk.next("messagesRead"), { userId: owner.id, conversationId, seq: 2 });
      assert.equal((await owner.conversation()).unreadCount, 0);
    });

    test("never goes back, and never beyond what was said", async (t) => {
      const { owner, doctor, desk, phone, conversationId } = await connectedPair(t, transport);
      for (const message of ["satu", "dua", "tiga"]) await owner.say(doctor, message);
      const read = (/** @type {number} */ seq) =>
        desk.ask("markAsRead", { senderId: doctor.id, receiverId: owner.id, conversationId, seq });
      await read(3);
      await read(1);
      await read(0);
      await read(-5);
      await read(2_000_000_000);
      assert.equal((await doctor.conversation()).readSeq, 3);
      await phone.caughtUp();
      assert.deepEqual(
        phone.all("messagesRead").map((each) => each.seq),
        [3],
        "what is no news is not told",
      );
    });

    test("markAsDelivered makes the second tick", async (t) => {
      const { owner, doctor, phone, desk, conversationId } = await connectedPair(t, transport);
      await owner.say(doctor, "sampai?");
      await desk.ask("markAsDelivered", { conversationId, seq: 1 });
      assert.deepEqual(await phone.next("messagesDelivered"), { userId: doctor.id, conversationId, seq: 1 });
      assert.equal((await stored({ owner, doctor, conversationId }))[0].status, "delivered");
      assert.equal((await owner.conversation()).counterpartDeliveredSeq, 1);
    });

    test("2.1 nobody reads for somebody else, nor in a stranger's conversation", async (t) => {
      const { owner, doctor, phone, conversationId } = await connectedPair(t, transport);
      const stranger = await connect(t, people.owner(), transport);
      await owner.say(doctor, "halo");
      for (const [device, event] of /** @type {[any, any][]} */ ([
        [phone, { senderId: doctor.id, receiverId: owner.id, conversationId, seq: 1 }],
        [stranger, { senderId: doctor.id, receiverId: owner.id, conversationId, seq: 1 }],
      ])) {
        assertProblemBody(await device.ask("markAsRead", event), 403, "not_a_participant");
      }
      const id = people.owner().id;
      assertProblemBody(await stranger.ask("markAsRead", { senderId: id, receiverId: doctor.id, conversationId }), 403);
      assertProblemBody(await stranger.ask("markAsDelivered", { conversationId, seq: 1 }), 403, "not_a_participant");
      assert.equal((await doctor.conversation()).readSeq, 0);
      assert.equal((await doctor.conversation()).deliveredSeq, 0);
    });
  });

  test(`an unknown event is answered with a problem over ${transport}`, async (t) => {
    const device = await connect(t, people.owner(), transport);
    assertProblemBody(await device.ask("dropTables", { all: true }), 404, "unknown_event");
  });
}

// Beside each other, because some of them wait for the server's own clock.
describe("typing", { concurrency: true }, () => {
  for (const transport of TRANSPORTS) {
    test(`is told to every device of the other and to nobody else over ${transport}`, async (t) => {
      const { owner, doctor, phone, laptop, desk, tablet } = await connectedPair(t, transport);
      const elsewhere = await connect(t, people.owner(), transport);
      for (const isTyping of [true, false]) {
        phone.socket.emit("typing", { senderId: owner.id, receiverId: doctor.id, isTyping });
        for (const device of [desk, tablet]) {
          assert.deepEqual(await device.next("userTyping"), { userId: owner.id, isTyping });
        }
      }
      for (const device of [phone, laptop, elsewhere]) {
        await device.caughtUp();
        assert.deepEqual(device.all("userTyping"), []);
      }
    });

    test(`ends by itself when the writer falls silent over ${transport}`, async (t) => {
      const { owner, doctor, phone, desk } = await connectedPair(t, transport);
      await phone.ask("typing", { senderId: owner.id, receiverId: doctor.id, isTyping: true });
      assert.deepEqual(await desk.next("userTyping"), { userId: owner.id, isTyping: true });
      phone.close();
      assert.deepEqual(await desk.next("userTyping"), { userId: owner.id, isTyping: false });
    });

    test(`2.1 2.2 is refused in another's name and between two who have no conversation over ${transport}`, async (t) => {
      const { owner, doctor, phone, desk } = await connectedPair(t, transport);
      const stranger = people.owner();
      const device = await connect(t, stranger, transport);
      const forged = { senderId: owner.id, receiverId: doctor.id, isTyping: true };
      assertProblemBody(await device.ask("typing", forged), 403, "not_a_participant");
      const uninvited = { senderId: stranger.id, receiverId: doctor.id, isTyping: true };
      assertProblemBody(await device.ask("typing", uninvited), 403, "no_active_conversation");
      const elsewhere = { senderId: owner.id, receiverId: stranger.id, isTyping: true };
      assertProblemBody(await phone.ask("typing", elsewhere), 403, "no_active_conversation");
      for (const each of [desk, device]) {
        await each.caughtUp();
        assert.deepEqual(each.all("userTyping"), []);
      }
    });
  }
});

test("polling that upgrades to a websocket loses nothing on the way", { timeout: 20_000 }, async (t) => {
  const pair = await people.pair();
  const device = await connect(t, pair.owner, "polling", { upgrades: true });
  const { engine } = device.socket.io;
  const upgraded = new Promise((done) => engine.once("upgrade", done));
  for (let index = 1; index <= 30; index++) await pair.doctor.say(pair.owner, `pesan ${index}`);
  // It may have happened while the handler was not there yet.
  if (engine.transport.name !== "websocket") await upgraded;
  const received = await device.gather("newMessage", 30);
  assert.deepEqual(
    received.map((each) => each.seq),
    Array.from({ length: 30 }, (_, index) => index + 1),
  );
});
