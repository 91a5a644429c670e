// Clients that send thousands of events a second, good ones and nonsense, and do not wait for answers: the server
// answers or hangs up, its memory stays bounded, and nobody else notices.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { MEGABYTE } from "../support/hostile.js";
import { peopleOf } from "../support/people.js";
import { assertProblemBody } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect, messageFrom, TRANSPORTS } from "../support/sockets.js";
import { inviteBystanders } from "./parts/bystanders.js";
import { MemoryWatch } from "./parts/memory.js";
import { connectRaw } from "./parts/raw-socket.js";

const PEOPLE = { pairs: 20, doctors: 0, idle: 0 };
const BOUND_MIB = 64;
const FLOOD = 50_000;
const TALK = 30;

/** @param {number} count @param {(index: number) => void} act */
const times = (count, act) => Array.from({ length: count }, (_, index) => act(index));

/** Nonsense by event. @type {[string, (pair: import("../support/people.js").Pair) => any][]} */
const NONSENSE = [
  ["sendMessage", (pair) => messageFrom(pair, "owner", { message: "\u0000\u0007\u001b\u202e" })],
  ["sendMessage", (pair) => messageFrom(pair, "owner", { message: "x".repeat(50_000) })],
  ["sendMessage", (pair) => messageFrom(pair, "doctor", { message: "atas nama orang lain" })],
  ["sendMessage", () => [[[[]]]]],
  ["markAsRead", () => ({ senderId: 7, receiverId: null, seq: 1e300 })],
  ["markAsDelivered", () => "x"],
  ["typing", () => ({ senderId: {}, receiverId: [] })],
  ["__proto__", () => ({ constructor: 1 })],
  ["event-yang-tidak-ada", () => "apa saja"],
];

for (const limits of ["on", "off"]) {
  const server = await openServer({ people: PEOPLE, env: { RATE_LIMITS: limits } });
  const people = peopleOf(server);

  describe(`floods with rate limits ${limits}`, () => {
    /** @param {import("node:test").TestContext} t @param {string} what */
    async function watch(t, what) {
      const bystanders = await inviteBystanders(t, people);
      const memory = new MemoryWatch(server);
      await memory.start(t);
      return {
        /** They talk while the flood goes on. @param {Promise<void>} flood */
        during: async (flood) => {
          // Nobody says more than the rate limit allows.
          await Promise.all([flood, ...bystanders.map((each) => each.talk(TALK))]);
          for (const each of bystanders) await each.assertUndisturbed();
          await memory.assertGrewAtMost(`${what}, rate limits ${limits}`, BOUND_MIB);
        },
      };
    }

    test("of good messages whose acknowledgements nobody reads", async (t) => {
      const pair = await people.pair();
      const desk = await connect(t, pair.doctor, "websocket");
      const flooder = await connectRaw(t, pair.owner);
      const { during } = await watch(t, "messages");
      const flood = async () => {
        flooder.stopReading();
        for (let sent = 0; sent < FLOOD; sent += 500) {
          times(500, () =>
            flooder.ask("sendMessage", messageFrom(pair, "owner", { message: "banjir", clientId: randomUUID() })),
          );
          await flooder.sent();
        }
      };
      await during(flood());
      flooder.readOn();
      // What it does read now says what became of each: stored, or why not.
      await flooder.until(() => flooder.acks.size > 0 || flooder.end !== undefined, "answers");
      for (const answer of flooder.acks.values()) if (answer.seq === undefined) assertProblemBody(answer);
      const { lastSeq } = await pair.doctor.conversation();
      assert.ok(lastSeq > 0);
      const heard = await desk.gather("newMessage", lastSeq);
      assert.deepEqual(
        heard.map((message) => message.seq),
        heard.map((_, index) => index + 1),
      );
    });

    test("of typing", async (t) => {
      const pair = await people.pair();
      const desk = await connect(t, pair.doctor, "websocket");
      const flooder = await connectRaw(t, pair.owner);
      const { during } = await watch(t, "typing");
      const flood = async () => {
        for (let sent = 0; sent < FLOOD; sent += 500) {
          times(500, (index) => flooder.emit("typing", messageFrom(pair, "owner", { isTyping: index % 2 === 0 })));
          await flooder.sent();
        }
      };
      await during(flood());
      await desk.caughtUp();
      assert.deepEqual(desk.all("disconnect"), []);
    });

    test("of nonsense: each is answered with a problem", async (t) => {
      const pair = await people.pair();
      const flooder = await connectRaw(t, pair.owner);
      const { during } = await watch(t, "nonsense");
      const flood = async () => {
        for (let round = 0; round < FLOOD / 25; round += 100) {
          times(100, (index) => {
            const [event, payload] = /** @type {typeof NONSENSE[number]} */ (NONSENSE[index % NONSENSE.length]);
            flooder.ask(event, payload(pair));
          });
          // A lone surrogate cannot be written by JSON.stringify.
          flooder.send(`42["sendMessage",{"message":"halo \\ud800"}]`);
          await flooder.until(() => flooder.acks.size === round + 100 || flooder.end !== undefined, "answers");
        }
      };
      await during(flood());
      assert.equal(flooder.end, undefined, "nonsense is no reason to hang up");
      for (const answer of flooder.acks.values()) assertProblemBody(answer);
      assert.equal((await pair.doctor.conversation()).lastSeq, 0);
    });

    test("of megabytes: the connection ends, and says so", async (t) => {
      const pair = await people.pair();
      const { during } = await watch(t, "megabytes");
      /** @type {import("./parts/raw-socket.js").RawSocket[]} */
      const flooders = [];
      const flood = async () => {
        for (let round = 0; round < 30; round++) {
          const flooder = await connectRaw(t, pair.owner);
          flooders.push(flooder);
          flooder.ask("sendMessage", messageFrom(pair, "owner", { message: MEGABYTE }));
          await flooder.until(() => flooder.end !== undefined || flooder.acks.size > 0, "an end");
        }
      };
      await during(flood());
      for (const { acks } of flooders) for (const answer of acks.values()) assertProblemBody(answer);
      for (const transport of TRANSPORTS) {
        const device = await connect(t, pair.owner, transport);
        device.socket.emit("sendMessage", messageFrom(pair, "owner", { message: MEGABYTE }));
        assert.match(
          await device.next("disconnect"),
          /^(transport close|transport error|parse error|io server disconnect)$/,
        );
      }
    });
  });
}
