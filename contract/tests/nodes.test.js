// Two nodes on one PostgreSQL: sockets of one conversation on different nodes see the same, whatever carries the news
// between the nodes, and what is forbidden on one is forbidden on the other at once.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";

import { cutListeners } from "../support/database.js";
import { FANOUTS, openNodes, prepareNodes } from "../support/nodes.js";
import { buyAndPay } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem, assertProblemBody } from "../support/problems.js";
import { connect, messageFrom, TRANSPORTS } from "../support/sockets.js";

const FEW = { pairs: 40, doctors: 8, idle: 8 };
/** What a dead node's people may still look online for. */
const LEASE_MS = 45_000;
/** Until nodes have found each other again. */
const REUNION_MS = 30_000;
/** How often nodes tell each other what was taken of a limit. */
const TOLD_EVERY_MS = 250;
const EACH = 60;

/** @param {number} count */
const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);

/** @param {{ id: string }} person */
const sees = (person) => (/** @type {string[]} */ online) => online.includes(person.id);

/** @param {{ id: string }} person */
const lacks = (person) => (/** @type {string[]} */ online) => !online.includes(person.id);

/** @param {any[]} messages */
const seqsOf = (messages) => messages.map((message) => message.seq);

/** What two nodes have stored may cross on the way. @param {any[]} messages */
const sorted = (messages) => [...messages].sort((one, other) => one.seq - other.seq);

/**
 * Two devices for each side, on a node each.
 * @param {import("node:test").TestContext} t
 * @param {import("../support/nodes.js").Nodes} nodes
 * @param {import("../support/people.js").Pair} pair
 * @param {import("../support/sockets.js").Transport} transport
 */
async function devicesOf(t, nodes, { owner, doctor }, transport) {
  const [phone, laptop, desk, pager] = await Promise.all([
    connect(t, owner.at(nodes.at(0)), transport),
    connect(t, owner.at(nodes.at(1)), transport),
    connect(t, doctor.at(nodes.at(1)), transport),
    connect(t, doctor.at(nodes.at(0)), transport),
  ]);
  return { phone, laptop, desk, pager, all: [phone, laptop, desk, pager] };
}

// SQLite is for one node.
const skip = process.env.TEST_DATABASE_URL ? false : "needs PostgreSQL";

for (const fanout of FANOUTS) {
  describe(`two nodes over ${fanout}`, { skip }, () => {
    /** @type {import("../support/nodes.js").Nodes} */
    let nodes;
    /** @type {ReturnType<typeof peopleOf>} */
    let people;
    before(async () => {
      nodes = await prepareNodes({ count: 2, fanout, people: FEW });
      await nodes.start();
      people = peopleOf(nodes.first);
    });
    after(() => nodes.close());

    for (const transport of TRANSPORTS) {
      test(`what a socket sends is heard on both nodes, once and in the order of seq, over ${transport}`, async (t) => {
        const pair = await people.pair();
        const { phone, all } = await devicesOf(t, nodes, pair, transport);
        const event = (/** @type {number} */ index) => messageFrom(pair, "owner", { message: `pesan ${index}` });
        const acks = await Promise.all(upTo(EACH).map((index) => phone.ask("sendMessage", event(index))));
        assert.deepEqual(seqsOf(acks), upTo(EACH));
        for (const device of all) assert.deepEqual(await device.gather("newMessage", EACH), acks);
        // Had one come twice, the second would be there before this one.
        const last = await phone.ask("sendMessage", event(EACH + 1));
        for (const device of all) assert.deepEqual(await device.gather("newMessage", EACH + 1), [...acks, last]);
      });

      test(`what both send at once on two nodes gets one seq each and is heard once everywhere, over ${transport}`, async (t) => {
        const pair = await people.pair();
        const { phone, desk, all } = await devicesOf(t, nodes, pair, transport);
        const acks = await Promise.all(
          upTo(EACH).flatMap((index) => [
            phone.ask("sendMessage", messageFrom(pair, "owner", { message: `pemilik ${index}` })),
            desk.ask("sendMessage", messageFrom(pair, "doctor", { message: `dokter ${index}` })),
          ]),
        );
        const bySeq = sorted(acks);
        assert.deepEqual(seqsOf(bySeq), upTo(2 * EACH));
        for (const device of all) {
          const heard = sorted(await device.gather("newMessage", 2 * EACH));
          assert.deepEqual(seqsOf(heard), seqsOf(bySeq));
          assert.deepEqual(heard, bySeq);
        }
      });

      test(`typing and both marks reach the other node over ${transport}`, async (t) => {
        const pair = await people.pair();
        const { owner, doctor, conversationId } = pair;
        const { phone, laptop, desk, pager } = await devicesOf(t, nodes, pair, transport);
        for (const isTyping of [true, false]) {
          phone.socket.emit("typing", messageFrom(pair, "owner", { isTyping }));
          for (const device of [desk, pager])
            assert.deepEqual(await device.next("userTyping"), { userId: owner.id, isTyping });
        }
        const { seq } = await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "halo" }));
        await desk.ask("markAsDelivered", { conversationId, seq });
        await desk.ask("markAsRead", messageFrom(pair, "doctor", { conversationId, seq }));
        const receipt = { userId: doctor.id, conversationId, seq };
        for (const device of [phone, laptop]) {
          assert.deepEqual(await device.next("messagesDelivered"), receipt);
          assert.deepEqual(await device.next("messagesRead"), receipt);
        }
        assert.deepEqual(await pager.next("messagesRead"), receipt, "own devices agree");
      });

      test(`somebody whose only device is on the other node is online over ${transport}`, async (t) => {
        const { owner, doctor } = await people.pair();
        const watching = await connect(t, doctor.at(nodes.at(0)), transport);
        const phone = await connect(t, owner.at(nodes.at(1)), transport);
        await watching.next("getOnlineUsers", sees(owner));
        const late = await connect(t, doctor.at(nodes.at(0)), transport);
        assert.ok(sees(owner)(await late.next("getOnlineUsers")), "told on connect");
        const laptop = await connect(t, owner.at(nodes.at(0)), transport);
        watching.forget();
        phone.close();
        laptop.close();
        await watching.next("getOnlineUsers", lacks(owner));
      });

      test(`signing out on one node closes the session's sockets on the other over ${transport}`, async (t) => {
        const { owner } = await people.pair();
        const [phone, laptop] = [await owner.signIn(), await owner.signIn()];
        const sockets = await Promise.all(nodes.all.map((node) => connect(t, phone.at(node), transport)));
        const other = await connect(t, laptop.at(nodes.at(1)), transport);
        for (const node of nodes.all) assert.equal((await phone.at(node).api.get("/api/auth/me")).status, 200);
        assert.equal((await phone.at(nodes.at(0)).api.post("/api/auth/logout")).status, 200);
        assertProblem(await phone.at(nodes.at(1)).api.get("/api/auth/me"), 401, "unauthenticated");
        for (const device of sockets) await device.next("disconnect");
        await other.caughtUp();
        assert.deepEqual(other.all("disconnect"), []);
      });

      test(`a conversation that ends on one node takes nothing more on the other over ${transport}`, async (t) => {
        const pair = await people.pair();
        const { phone, laptop, desk, all } = await devicesOf(t, nodes, pair, transport);
        // Whoever remembers on the other node that the two may talk remembers it now.
        for (const device of [phone, laptop])
          assert.ok((await device.ask("sendMessage", messageFrom(pair, "owner", { message: "halo" }))).seq);
        const { conversationId } = pair;
        const ended = await pair.doctor.at(nodes.at(0)).api.patch(`/api/messages/end/${conversationId}`);
        assert.equal(ended.status, 200, ended.text);
        for (const [device, from] of /** @type {const} */ ([
          [laptop, "owner"],
          [desk, "doctor"],
        ])) {
          const refusal = await device.ask("sendMessage", messageFrom(pair, from, { message: "masih ada?" }));
          assertProblemBody(refusal, 403, "no_active_conversation");
        }
        const body = { message: "masih ada?", clientId: randomUUID() };
        const answer = await pair.owner.at(nodes.at(1)).api.post(`/api/conversations/${conversationId}/messages`, body);
        assertProblem(answer, 403, "no_active_conversation");
        for (const device of all) assert.equal((await device.next("conversationEnded")).conversationId, conversationId);
        assert.equal((await pair.owner.conversation()).lastSeq, 2);
      });
    }

    test("what is said over HTTP on one node is heard on the other", async (t) => {
      const pair = await people.pair();
      const { all } = await devicesOf(t, nodes, pair, "websocket");
      const said = [];
      for (const index of upTo(10)) {
        const node = nodes.at(index % 2);
        said.push(await pair.owner.at(node).say(pair.doctor, `pesan ${index}`));
      }
      for (const device of all) {
        const heard = sorted(await device.gather("newMessage", 10));
        assert.deepEqual(seqsOf(heard), upTo(10));
        assert.deepEqual(heard, said);
      }
    });

    test("the same clientId on both nodes at once is one message", async () => {
      const { owner, conversationId } = await people.pair();
      for (const index of upTo(20)) {
        const body = { message: `pesan ${index}`, clientId: randomUUID() };
        const path = `/api/conversations/${conversationId}/messages`;
        const answers = await Promise.all(nodes.all.map((node) => owner.at(node).api.post(path, body)));
        assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 201]);
        assert.deepEqual(seqsOf(answers.map((answer) => answer.body)), [index, index]);
      }
    });

    test("a consultation that is paid on one node opens on the other", async (t) => {
      const [owner, doctor] = [people.owner(), people.doctor()];
      const desk = await connect(t, doctor.at(nodes.at(1)), "websocket");
      const phone = await connect(t, owner.at(nodes.at(1)), "websocket");
      const { conversationId } = await buyAndPay(owner, doctor);
      for (const device of [desk, phone])
        assert.equal((await device.next("conversationStarted")).conversationId, conversationId);
      await desk.next("getOnlineUsers", sees(owner));
    });

    test("losing what carries the news silences nobody on the same node, and the nodes find each other again", async (t) => {
      const pair = await people.pair();
      const { phone, laptop, desk, pager } = await devicesOf(t, nodes, pair, "websocket");
      for (const breakDown of breakdownsOf(nodes)) {
        const repair = await breakDown();
        for (const device of [phone, pager]) device.forget();
        const said = await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "masih terdengar?" }));
        assert.equal(typeof said.seq, "number", JSON.stringify(said));
        assert.deepEqual(await pager.next("newMessage", (message) => message.id === said.id), said);
        await repair();
        await reunion(pair, phone, [laptop, desk]);
      }
    });
  });

  test(`guesses at one account are counted on all nodes together, over ${fanout}`, { skip }, async (t) => {
    const nodes = await openNodes({ count: 2, fanout, env: { RATE_LIMITS: "on" }, people: FEW }, t);
    const victim = peopleOf(nodes.first).owner();
    const guess = (/** @type {number} */ node) =>
      nodes.at(node).visitor.post("/api/auth/login", { email: victim.email, password: "tebakan-salah" });
    while ((await guess(0)).status !== 429);
    // A node by itself would take ten.
    for (let taken = 0; (await guess(1)).status !== 429; taken++) {
      assert.ok(taken < 8, "the other node has not heard of the guesses");
      await setTimeout(TOLD_EVERY_MS);
    }
  });

  test(`whoever was on a node that died is gone within the lease, over ${fanout}`, { skip }, async (t) => {
    const nodes = await prepareNodes({ count: 2, fanout, people: FEW });
    t.after(() => nodes.close());
    await nodes.start();
    const pair = await peopleOf(nodes.first).pair();
    const watching = await connect(t, pair.doctor.at(nodes.at(0)), "websocket");
    await connect(t, pair.owner.at(nodes.at(1)), "websocket");
    await watching.next("getOnlineUsers", sees(pair.owner));
    watching.forget();
    await nodes.at(1).kill();
    await watching.next("getOnlineUsers", lacks(pair.owner), LEASE_MS);
    await nodes.at(1).start();
    const back = await connect(t, pair.owner.at(nodes.at(1)), "websocket");
    await watching.next("getOnlineUsers", sees(pair.owner));
    const said = await back.ask("sendMessage", messageFrom(pair, "owner", { message: "kembali" }));
    assert.deepEqual(await watching.next("newMessage"), said);
  });
}

/**
 * The ways in which the nodes can lose each other; each answers how that is repaired.
 * @param {import("../support/nodes.js").Nodes} nodes
 * @returns {(() => Promise<() => Promise<void>>)[]}
 */
function breakdownsOf({ redis, first }) {
  if (!redis) {
    // The nodes themselves repair it.
    return [
      async () => {
        assert.ok((await cutListeners(first.database)) > 0, "nobody listened");
        return async () => {};
      },
    ];
  }
  return [
    async () => {
      redis.freeze();
      return async () => redis.thaw();
    },
    async () => {
      redis.lose();
      return async () => {};
    },
    async () => {
      await redis.kill();
      return () => redis.start();
    },
  ];
}

/**
 * Speaks until all of them hear it: what was said before is theirs to ask for.
 * @param {import("../support/people.js").Pair} pair
 * @param {import("../support/sockets.js").Device} speaking
 * @param {import("../support/sockets.js").Device[]} listening
 */
async function reunion(pair, speaking, listening) {
  const deadline = Date.now() + REUNION_MS;
  for (const device of listening) device.forget();
  const heard = () => listening.filter((device) => device.isNews("newMessage")).length;
  while (heard() < listening.length && Date.now() < deadline) {
    await speaking.ask("sendMessage", messageFrom(pair, "owner", { message: "terdengar?" }));
    for (const device of listening) await device.caughtUp();
  }
  assert.equal(heard(), listening.length, "the other node stays silent");
  // From here on nothing is missed any more.
  for (const device of listening) device.forget();
  const last = await speaking.ask("sendMessage", messageFrom(pair, "owner", { message: "terdengar." }));
  for (const device of listening)
    assert.deepEqual(await device.next("newMessage", (message) => message.id === last.id), last);
}
