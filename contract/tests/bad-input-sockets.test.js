// Bad input over sockets: every event gets a problem as its acknowledgement, never silence, and nothing has changed.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { MEGABYTE, MISTYPED_TEXTS, UNKNOWN_ID } from "../support/hostile.js";
import { peopleOf } from "../support/people.js";
import { assertProblemBody } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect, messageFrom, TRANSPORTS } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);

/** A text as long as a packet may be, and longer than any field. */
const LONG = "x".repeat(60_000);

/** Two who talk, and somebody who has no business with them. */
const pair = await people.pair();
await pair.owner.say(pair.doctor, "pesan yang harus tetap ada");
const outsider = people.owner();

/**
 * The events, a good payload of each, and the fields that must be there.
 * @type {Record<string, { good: () => Record<string, any>, required: string[], ids: string[] }>}
 */
const EVENTS = {
  sendMessage: {
    good: () => messageFrom(pair, "owner", { message: "halo", clientId: randomUUID() }),
    required: ["senderId", "receiverId", "message"],
    ids: ["senderId", "receiverId"],
  },
  markAsRead: {
    good: () => messageFrom(pair, "owner", { conversationId: pair.conversationId, seq: 1 }),
    required: ["senderId", "receiverId"],
    ids: ["senderId", "conversationId"],
  },
  markAsDelivered: {
    good: () => ({ conversationId: pair.conversationId, seq: 1 }),
    required: ["conversationId"],
    ids: ["conversationId"],
  },
  typing: {
    good: () => messageFrom(pair, "owner", { isTyping: true }),
    required: ["senderId", "receiverId"],
    ids: ["senderId", "receiverId"],
  },
};

/** Payloads that are no object. */
const BROKEN_PAYLOADS = {
  null: null,
  text: "halo",
  "a number": 7,
  "a list": [],
  "a list of lists": [[]],
  true: true,
  "an empty object": {},
};

/** All that bad input could have changed. */
async function everything() {
  return {
    messages: (await pair.owner.api.get(`/api/conversations/${pair.conversationId}/messages`)).body,
    conversations: [await pair.owner.conversation(), await pair.doctor.conversation()],
    outsider: (await outsider.api.get("/api/conversations")).body,
  };
}
// Reading marks messages as delivered: that has happened when the comparison begins.
await everything();
const before = await everything();

/** @param {any} ack @param {string} what */
function assertRefusedBy(ack, what) {
  assert.ok(ack && typeof ack.code === "string", `${what}: acknowledged with ${JSON.stringify(ack)?.slice(0, 200)}`);
  assertProblemBody(ack);
  assert.ok(ack.status >= 400 && ack.status < 500, `${what}: ${JSON.stringify(ack)}`);
}

for (const transport of TRANSPORTS) {
  for (const [event, { good, required, ids }] of Object.entries(EVENTS)) {
    describe(`${event} over ${transport}`, () => {
      test("without a payload, or without one of its fields, is refused", async (t) => {
        const device = await connect(t, pair.owner, transport);
        assertRefusedBy(await device.ask(event), "no payload");
        for (const field of required) {
          for (const value of [undefined, null, ""]) {
            assertRefusedBy(
              await device.ask(event, { ...good(), [field]: value }),
              `${field}: ${JSON.stringify(value)}`,
            );
          }
        }
      });

      test("of wrong types is refused, and the field is named", async (t) => {
        const device = await connect(t, pair.owner, transport);
        for (const [what, payload] of Object.entries(BROKEN_PAYLOADS))
          assertRefusedBy(await device.ask(event, payload), what);
        for (const field of required) {
          for (const [what, value] of Object.entries(MISTYPED_TEXTS)) {
            const problem = await device.ask(event, { ...good(), [field]: value });
            assertRefusedBy(problem, `${field}: ${what}`);
            assert.ok(
              problem.errors?.some((/** @type {any} */ error) => error.field === field),
              `${field}: ${what}`,
            );
          }
        }
      });

      test("with text that nobody takes is refused", async (t) => {
        const device = await connect(t, pair.owner, transport);
        for (const field of required) {
          assertRefusedBy(await device.ask(event, { ...good(), [field]: LONG }), field);
        }
        for (const field of ids) {
          for (const value of ["halo \u0000", "halo \ud800", "' OR 1=1 --\u0000", "\u200b"]) {
            assertRefusedBy(await device.ask(event, { ...good(), [field]: value }), `${field}: ${value}`);
          }
        }
      });

      test("about unknown or other people's things is refused", async (t) => {
        const device = await connect(t, pair.owner, transport);
        for (const field of ids) {
          for (const id of [UNKNOWN_ID, "7", "' OR 1=1 --", "../../etc"]) {
            assertRefusedBy(await device.ask(event, { ...good(), [field]: id }), `${field}: ${id}`);
          }
        }
        const intruder = await connect(t, outsider, transport);
        assertRefusedBy(await intruder.ask(event, good()), "somebody else's");
        assertRefusedBy(await intruder.ask(event, { ...good(), senderId: outsider.id }), "in the own name");
      });

      test("of a megabyte is refused or ends the connection, and others go on", async (t) => {
        const [device, other] = [await connect(t, pair.owner, transport), await connect(t, pair.doctor, transport)];
        const field = required.at(-1) ?? "";
        const answered = device.ask(event, { ...good(), [field]: MEGABYTE }).catch(() => undefined);
        const ack = await Promise.race([answered, device.next("disconnect").then(() => undefined)]);
        if (ack !== undefined) assertRefusedBy(ack, "a megabyte");
        await other.caughtUp();
        assert.deepEqual(other.all("newMessage"), []);
        const again = await connect(t, pair.owner, transport);
        await again.caughtUp();
      });

      test("with more arguments than there are does not pass for a good one", async (t) => {
        const device = await connect(t, pair.owner, transport);
        assertRefusedBy(await device.ask(event, {}, good()), "the payload in second place");
      });

      test("with binary parts ends the connection", async (t) => {
        const [field] = required;
        for (const payload of [{ ...good(), [field ?? ""]: Buffer.from("halo") }, Buffer.from(JSON.stringify(good()))]) {
          const device = await connect(t, pair.owner, transport);
          device.socket.emit(event, payload);
          await device.next("disconnect");
        }
      });
    });
  }

  test(`a message is taken whatever its characters, in one form, over ${transport}`, async (t) => {
    const others = await people.pair();
    const device = await connect(t, others.owner, transport);
    for (const [typed, kept] of [
      ["halo \ud83d", "halo \ufffd"],
      ["\ude3a halo \ud83d\ude3a", "\ufffd halo \ud83d\ude3a"],
      ["nul\u0000 esc\u001b", "nul esc"],
      ["\u202amiko\u202c \u2068muntah\u2069 \u202eterus", "miko muntah terus"],
      ["satu\u000bdua\r\ntiga", "satu\ndua\ntiga"],
      ["e\u0301", "é"],
      ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"],
    ]) {
      const ack = await device.ask("sendMessage", messageFrom(others, "owner", { message: typed }));
      assert.equal(ack.message, kept, JSON.stringify(typed));
    }
    for (const nothing of ["\u200b", "\u3164", "\u202e", "\ufeff \u2800"]) {
      const ack = await device.ask("sendMessage", messageFrom(others, "owner", { message: nothing }));
      assertRefusedBy(ack, JSON.stringify(nothing));
      assert.equal(ack.errors[0].code, "required", JSON.stringify(nothing));
    }
  });

  test(`numbers that are none are refused over ${transport}`, async (t) => {
    const device = await connect(t, pair.owner, transport);
    for (const seq of ["1", 1.5, 1e300, 2 ** 40, {}, []]) {
      const payload = messageFrom(pair, "owner", { conversationId: pair.conversationId, seq });
      assertRefusedBy(await device.ask("markAsRead", payload), `seq: ${JSON.stringify(seq)}`);
      assertRefusedBy(await device.ask("markAsDelivered", payload), `seq: ${JSON.stringify(seq)}`);
    }
  });

  test(`clientIds and attachments that are none are refused over ${transport}`, async (t) => {
    const device = await connect(t, pair.owner, transport);
    for (const clientId of ["", " ", "k".repeat(65), "kunci-ñ", 7, {}]) {
      assertRefusedBy(
        await device.ask("sendMessage", messageFrom(pair, "owner", { message: "halo", clientId })),
        JSON.stringify(clientId),
      );
    }
    for (const attachments of ["foto", [7], ["bukan-id"], [UNKNOWN_ID], Array(50).fill(UNKNOWN_ID)]) {
      const payload = messageFrom(pair, "owner", { message: "halo", attachments });
      assertRefusedBy(await device.ask("sendMessage", payload), JSON.stringify(attachments).slice(0, 40));
    }
  });
}

describe("packets that are none", () => {
  /** @type {(string | Buffer)[]} */
  const PACKETS = [
    "42",
    "42[",
    '42["sendMessage"',
    "42[7]",
    "42[{}]",
    "42[]",
    "421[]",
    '42["sendMessage",',
    "43",
    "4",
    "40",
    "9",
    "",
    "451-",
    '451-["sendMessage",{"_placeholder":true,"num":0}]',
    '459999999999-["sendMessage"]',
    "4/",
    '42/admin,["x"]',
    "4" + "2".repeat(1000),
    "42" + "[".repeat(20_000),
    Buffer.from([0x34, 0x32, 0xff, 0xfe]),
    Buffer.from('42["sendMessage","é'),
  ];

  test("over a websocket end the connection at most", async (t) => {
    const watching = await connect(t, pair.doctor, "websocket");
    for (const packet of PACKETS) {
      const device = await connect(t, pair.owner, "websocket");
      const transport = /** @type {any} */ (device.socket.io.engine.transport);
      transport.ws.send(packet, { binary: false });
      const alive = device.caughtUp().catch(() => {});
      await Promise.race([alive, device.next("disconnect")]);
    }
    await watching.caughtUp();
    assert.deepEqual(watching.all("newMessage"), []);
    assert.deepEqual(watching.all("disconnect"), []);
  });

  test("over polling are answered with less than 500", async () => {
    for (const packet of PACKETS) {
      const open = await server.visitor.get("/socket.io/?EIO=4&transport=polling");
      const { sid } = JSON.parse(open.text.slice(1));
      const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`;
      const headers = { "content-type": "text/plain;charset=UTF-8" };
      await server.visitor.post(path, `40{"token":${JSON.stringify(pair.owner.token)}}`, { headers });
      const answer = await server.visitor.post(path, packet, { headers });
      assert.ok(answer.status < 500, `${packet.toString().slice(0, 40)}: ${answer.status}`);
    }
  });

  test("handshakes that are none are refused", async () => {
    for (const query of [
      "",
      "?EIO=4",
      "?EIO=3&transport=polling",
      "?EIO=4&transport=telepati",
      "?EIO=4&transport=polling&sid=tidak-ada",
      "?EIO=vier&transport=polling",
    ]) {
      const answer = await server.visitor.get(`/socket.io/${query}`);
      assert.ok(answer.status >= 400 && answer.status < 500, `${query}: ${answer.status}`);
    }
  });
});

test("after all this everything is as it was before", async () => {
  assert.deepEqual(await everything(), before);
});
