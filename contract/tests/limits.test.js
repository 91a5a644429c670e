// Limits by account and by e-mail: 429 with Retry-After for the one who is too fast, nothing for anybody else.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { peopleOf } from "../support/people.js";
import { assertProblem, assertProblemBody } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect, knock, messageFrom, refusal, TRANSPORTS } from "../support/sockets.js";
import { begin } from "../support/uploads.js";

const server = await openServer({ env: { RATE_LIMITS: "on" }, people: { pairs: 14, doctors: 6, idle: 18 } });
const people = peopleOf(server);

/**
 * Does something so often at once and parts the answers by whether they were too many.
 * @param {number} times
 * @param {(index: number) => Promise<import("../support/client.js").Answer>} act
 */
async function atOnce(times, act) {
  const started = Date.now();
  const answers = await Promise.all(Array.from({ length: times }, (_, index) => act(index)));
  const refused = answers.filter((answer) => answer.status === 429);
  return { taken: answers.filter((answer) => answer.status !== 429), refused, seconds: (Date.now() - started) / 1000 };
}

/**
 * As many were taken as may be in such a time, and what was given back while a slow machine was at it.
 * @param {{ taken: unknown[], seconds: number }} answers
 * @param {number} most
 * @param {number} period in seconds
 */
function assertTaken({ taken, seconds }, most, period) {
  const bound = most + Math.ceil((seconds * most) / period);
  assert.ok(taken.length >= most && taken.length <= bound, `${taken.length} were taken in ${seconds} s`);
}

/** @param {import("../support/client.js").Answer[]} refused @param {number} most seconds */
function assertToldToWait(refused, most) {
  assert.ok(refused.length > 0, "nothing was refused");
  for (const answer of refused) {
    assertProblem(answer, 429, "too_many_requests");
    const seconds = Number(answer.headers.get("retry-after"));
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= most, `Retry-After: ${seconds}`);
  }
}

/**
 * The right password, said at once after a guess that was one too many. On a slow machine another guess may be free by
 * then: that answer says nothing, and it is tried again.
 * @param {import("../support/people.js").Person} victim
 */
async function signInAmidGuesses({ email, password }) {
  const signIn = (/** @type {string} */ guess) => server.visitor.post("/api/auth/login", { email, password: guess });
  for (let tries = 1; ; tries++) {
    while ((await signIn("tebakan-salah")).status !== 429);
    const right = await signIn(password);
    if (right.status === 429 || tries === 10) return right;
  }
}

describe("sign-in", () => {
  test("is limited for each e-mail, however it is written, and not for others", async () => {
    const [victim, other] = [people.owner(), people.owner()];
    const guesses = await atOnce(16, (index) => {
      const email = index % 2 ? victim.email : victim.email.toUpperCase();
      return server.visitor.post("/api/auth/login", { email, password: "tebakan-salah" });
    });
    assertToldToWait(guesses.refused, 60);
    assertTaken(guesses, 10, 60);
    for (const answer of guesses.taken) assertProblem(answer, 401, "invalid_credentials");
    assertToldToWait([await signInAmidGuesses(victim)], 60);
    const elsewhere = await server.visitor.post("/api/auth/login", { email: other.email, password: other.password });
    assert.equal(elsewhere.status, 200);
  });

  test("a session that is open goes on while somebody guesses the password", async () => {
    const victim = people.owner();
    await atOnce(12, () => server.visitor.post("/api/auth/login", { email: victim.email, password: "tebakan" }));
    assert.equal((await victim.api.get("/api/auth/me")).status, 200);
  });
});

describe("messages", () => {
  test("30 in 10 seconds for each sender over HTTP; the other side and other people are not affected", async () => {
    const [pair, others] = [await people.pair(), await people.pair()];
    const path = `/api/conversations/${pair.conversationId}/messages`;
    const send = () => pair.owner.api.post(path, { message: "cepat", clientId: randomUUID() });
    const sent = await atOnce(60, send);
    assertToldToWait(sent.refused, 10);
    assertTaken(sent, 30, 10);
    await pair.doctor.say(pair.owner, "pelan-pelan");
    await others.owner.say(others.doctor, "halo");
    assert.equal((await pair.owner.conversation()).lastSeq, sent.taken.length + 1, "what was refused was stored");
  });

  test("a repetition of a stored message is not counted", async () => {
    const pair = await people.pair();
    const path = `/api/conversations/${pair.conversationId}/messages`;
    const body = { message: "sekali", clientId: randomUUID() };
    assert.equal((await pair.owner.api.post(path, body)).status, 201);
    const { refused } = await atOnce(50, () => pair.owner.api.post(path, body));
    assert.deepEqual(refused, []);
  });

  for (const transport of TRANSPORTS) {
    test(`the same over a socket, in the acknowledgement, over ${transport}`, async (t) => {
      const pair = await people.pair();
      const device = await connect(t, pair.owner, transport);
      const desk = await connect(t, pair.doctor, transport);
      const event = () => messageFrom(pair, "owner", { message: "cepat", clientId: randomUUID() });
      const acks = await Promise.all(Array.from({ length: 60 }, () => device.ask("sendMessage", event())));
      const refused = acks.filter((ack) => ack.status === 429);
      const taken = acks.filter((ack) => ack.seq !== undefined);
      assert.equal(refused.length + taken.length, 60);
      assert.ok(refused.length > 0 && taken.length >= 30, `${taken.length} taken, ${refused.length} refused`);
      for (const problem of refused) assertProblemBody(problem, 429, "too_many_requests");
      assert.equal((await desk.gather("newMessage", taken.length)).length, taken.length);
      const answer = await desk.ask("sendMessage", messageFrom(pair, "doctor", { message: "tenang" }));
      assert.equal(answer.seq, taken.length + 1);
    });
  }

  test("HTTP and sockets share the sender's limit", async (t) => {
    const pair = await people.pair();
    const device = await connect(t, pair.owner, "websocket");
    const path = `/api/conversations/${pair.conversationId}/messages`;
    const event = () => messageFrom(pair, "owner", { message: "cepat", clientId: randomUUID() });
    await Promise.all(Array.from({ length: 40 }, () => device.ask("sendMessage", event())));
    const { refused } = await atOnce(20, () => pair.owner.api.post(path, { message: "lagi", clientId: randomUUID() }));
    assertToldToWait(refused, 10);
  });
});

describe("receipts", () => {
  test("are limited for each person, in the acknowledgement, and not for the other", async (t) => {
    const pair = await people.pair();
    const [phone, desk] = [await connect(t, pair.owner, "websocket"), await connect(t, pair.doctor, "websocket")];
    const { conversationId } = pair;
    const refused = [];
    for (let round = 0; round < 8; round++) {
      const mark = () => phone.ask("markAsDelivered", { conversationId, seq: 0 });
      const acks = await Promise.all(Array.from({ length: 100 }, mark));
      refused.push(...acks.filter((ack) => ack.seq === undefined));
    }
    assert.ok(refused.length > 0, "nothing was refused");
    for (const problem of refused) assertProblemBody(problem, 429, "too_many_requests");
    assert.equal((await desk.ask("markAsRead", messageFrom(pair, "doctor", { conversationId }))).seq, 0);
  });
});

describe("sockets", () => {
  const MOST = 20;

  test(`${MOST} at once for each account; those that end make room for others`, async (t) => {
    const { owner, doctor } = await people.pair();
    const watching = await connect(t, doctor, "websocket");
    const devices = await Promise.all(Array.from({ length: MOST }, () => connect(t, owner, "websocket")));
    assert.equal(await refusal(t, server, { transport: "websocket", token: owner.token }), "too_many_sockets");
    for (const device of devices) await device.caughtUp();
    watching.forget();
    for (const device of devices) device.close();
    await watching.next("getOnlineUsers", (online) => !online.includes(owner.id));
    await connect(t, owner, "websocket");
  });

  for (const transport of TRANSPORTS) {
    test(`60 handshakes a minute for each account over ${transport}, and not for others`, async (t) => {
      const [hasty, other] = [people.owner(), people.owner()];
      let refused = 0;
      for (let taken = 0; refused === 0; taken++) {
        assert.ok(taken <= 90, `${taken} handshakes were taken`);
        const device = knock(t, server, { transport, token: hasty.token });
        const { event, payload } = await device.nextOf("connect", "connect_error");
        // They end at once: it is the handshakes that are too many.
        if (event === "connect_error" && payload.message === "too_many_requests") refused = taken;
        device.close();
      }
      assert.ok(refused >= 40, `refused after ${refused}`);
      await connect(t, other, transport);
    });
  }
});

describe("pictures", () => {
  test("beginning an upload is limited for each person; going on with one is not", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    const begun = await atOnce(30, () => begin(owner, conversationId, {}));
    assertToldToWait(begun.refused, 10);
    assertTaken(begun, 20, 60);
    const form = { clientId: randomUUID() };
    assert.equal((await begin(doctor, conversationId, form)).status, 201);
    for (let again = 0; again < 25; again++) {
      assert.equal((await begin(doctor, conversationId, form)).status, 200);
    }
  });
});

describe("payment", () => {
  test("is limited for each owner and not for others", async () => {
    const [owner, other, doctor] = [people.owner(), people.owner(), people.doctor()];
    const buy = (/** @type {import("../support/people.js").Person} */ buyer) => () =>
      buyer.api.post("/api/payment/consulting", { id: doctor.id });
    const bought = await atOnce(30, buy(owner));
    assertToldToWait(bought.refused, 120);
    assertTaken(bought, 20, 120);
    for (const answer of bought.taken) assert.equal(answer.status, 201);
    assert.equal((await buy(other)()).status, 201);
    assert.equal((await owner.api.get("/api/consultations")).body.items.length, 1);
  });
});

describe("what takes work to answer", () => {
  for (const [what, most, path] of /** @type {const} */ ([
    ["searches", 60, "/api/messages/search?q=obat"],
    ["transcripts", 10, "transcript.json"],
  ])) {
    test(`${what}: ${most} a minute for each account`, async () => {
      const pair = await people.pair();
      const address = path.startsWith("/") ? path : `/api/conversations/${pair.conversationId}/${path}`;
      const answers = await atOnce(most + 10, () => pair.owner.api.get(address));
      assertToldToWait(answers.refused, 60);
      assertTaken(answers, most, 60);
      assert.equal((await pair.doctor.api.get(address)).status, 200, "the other side is not affected");
    });
  }
});
