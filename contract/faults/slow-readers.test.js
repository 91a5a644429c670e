// Devices that stop reading while their person is written to: what waits for them is bounded, and they can ask for the
// rest when they are back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { peopleOf } from "../support/people.js";
import { openServer } from "../support/server.js";
import { connect, messageFrom } from "../support/sockets.js";
import { inviteBystanders } from "./parts/bystanders.js";
import { MemoryWatch } from "./parts/memory.js";
import { choosePlan } from "./parts/plan.js";
import { connectRaw } from "./parts/raw-socket.js";

const BOUND_MIB = 64;
const SLOW = 10;
/** As long as a message may be: 12,000 bytes. */
const LONG = "猫".repeat(4000);
const MESSAGES = choosePlan().name === "long" ? 6000 : 2000;
const AT_ONCE = 50;

const server = await openServer({ people: { pairs: 4, doctors: 0, idle: 0 } });
const people = peopleOf(server);

test(
  "readers that stand still cost a bounded piece of memory and nobody else anything",
  { timeout: 300_000 },
  async (t) => {
    const pair = await people.pair();
    const slow = await Promise.all(Array.from({ length: SLOW }, () => connectRaw(t, pair.doctor)));
    const phone = await connect(t, pair.owner, "websocket");
    const desk = await connect(t, pair.doctor, "websocket");
    const bystanders = await inviteBystanders(t, people);
    const memory = new MemoryWatch(server);
    await memory.start(t);
    for (const socket of slow) socket.stopReading();

    const speak = async () => {
      for (let said = 0; said < MESSAGES; said += AT_ONCE) {
        const event = () => messageFrom(pair, "owner", { message: LONG });
        const acks = await Promise.all(Array.from({ length: AT_ONCE }, () => phone.ask("sendMessage", event())));
        assert.deepEqual(
          acks.map((ack) => ack.seq),
          seqs(AT_ONCE, said + 1),
        );
      }
    };
    await Promise.all([speak(), ...bystanders.map((each) => each.talk(50))]);
    for (const each of bystanders) await each.assertUndisturbed();
    const heard = await desk.gather("newMessage", MESSAGES);
    assert.deepEqual(
      heard.map((message) => message.seq),
      seqs(MESSAGES, 1),
    );
    await memory.assertGrewAtMost(
      `${SLOW} slow readers, ${MESSAGES} messages of ${Buffer.byteLength(LONG)} bytes`,
      BOUND_MIB,
    );

    // Once there is room for them again they hear what is new, and all that they heard is in order; what they missed is
    // theirs to ask for.
    for (const socket of slow) socket.readOn();
    const isBack = (/** @type {typeof slow[number]} */ socket) =>
      lastHeard(socket) > MESSAGES || socket.end !== undefined;
    const deadline = Date.now() + 30_000;
    while (!slow.every(isBack) && Date.now() < deadline)
      await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "sudah kembali?" }));
    for (const socket of slow) {
      assert.ok(isBack(socket), `heard nothing after seq ${lastHeard(socket)}`);
      const late = socket.heard("newMessage").map((message) => message.seq);
      assert.deepEqual(
        late,
        [...new Set(late)].sort((one, other) => one - other),
      );
    }
  },
);

/** @param {import("./parts/raw-socket.js").RawSocket} socket */
function lastHeard(socket) {
  return socket.heard("newMessage").at(-1)?.seq ?? 0;
}

/** @param {number} count @param {number} first */
function seqs(count, first) {
  return Array.from({ length: count }, (_, index) => first + index);
}
