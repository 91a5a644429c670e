// Connections that are neither open nor closed: half-open ones, vanished ones, doubled ones, and those whose token runs
// out. Each costs little, ends for a reason, and holds up nobody.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect as connectTcp } from "node:net";
import { describe, test } from "node:test";

import { peopleOf } from "../support/people.js";
import { assertProblemBody } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect, knock, messageFrom, TRANSPORTS } from "../support/sockets.js";
import { claimsOf, signToken } from "../support/tokens.js";
import { inviteBystanders } from "./parts/bystanders.js";
import { MemoryWatch } from "./parts/memory.js";
import { choosePlan } from "./parts/plan.js";
import { connectRaw, RawSocket } from "./parts/raw-socket.js";

const FEW = { pairs: 12, doctors: 0, idle: 0 };
const BOUND_MIB = 64;
const CROWD = 200;
/** What a polling client that says nothing more is given: the ping's interval and patience, and presence's grace. */
const SILENCE_MS = 60_000;
const POLL = "/socket.io/?EIO=4&transport=polling";
const headers = { "content-type": "text/plain;charset=UTF-8" };
const isLong = choosePlan().name === "long";

const server = await openServer({ people: FEW });
const people = peopleOf(server);

const crowd = () => Array.from({ length: CROWD });

/** A session of long polling without a client. @param {import("../support/server.js").Server} at */
async function openPolling(at) {
  const { sid } = JSON.parse((await at.visitor.get(POLL)).text.slice(1));
  return `${POLL}&sid=${sid}`;
}

describe("half-open connections", () => {
  test("cost little and hold up nobody", { timeout: 120_000 }, async (t) => {
    const bystanders = await inviteBystanders(t, people);
    const memory = new MemoryWatch(server);
    await memory.start(t);
    // Sessions that never say who they are, over both transports, and requests that never end.
    const raw = crowd().map(() => new RawSocket(server));
    t.after(() => raw.forEach((socket) => socket.vanish()));
    await Promise.all(raw.map((socket) => socket.until(() => socket.heard("open").length > 0, "opening")));
    await Promise.all(crowd().map(() => openPolling(server)));
    const halves = crowd().map(() => connectTcp(server.port, "127.0.0.1"));
    t.after(() => halves.forEach((socket) => socket.destroy()));
    for (const socket of halves) {
      socket.on("error", () => {});
      socket.write(
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
      );
    }
    await Promise.all(bystanders.map((each) => each.talk(50)));
    for (const each of bystanders) await each.assertUndisturbed();
    await memory.assertGrewAtMost(`${3 * CROWD} half-open connections`, BOUND_MIB);
  });

  for (const [what, prepare] of /** @type {[string, typeof enter][]} */ ([
    ["nobody entered", async () => {}],
    ["somebody entered", enter],
    ["somebody left, and whose end was lost on the way", leave],
  ])) {
    test(`a session that ${what} does not hold up the server's farewell`, async (t) => {
      const leaving = await openServer({ people: FEW }, t);
      const { owner } = await peopleOf(leaving).pair();
      const session = await openPolling(leaving);
      await prepare(leaving, session, owner.token);
      const waiting = leaving.visitor.get(session).catch(() => undefined);
      // The poll is under way when a later request has been answered.
      await leaving.visitor.get("/healthz");
      await leaving.stop();
      await waiting;
      const said = leaving.process?.lines.map((line) => line.message);
      assert.ok(!said?.includes("some requests did not finish in time"), "it waited until its patience ended");
    });
  }
});

/**
 * Goes in and hears all that is said to somebody who comes, so that the next poll waits.
 * @param {import("../support/server.js").Server} at
 * @param {string} session
 * @param {string} token
 */
async function enter(at, session, token) {
  await at.visitor.post(session, `40${JSON.stringify({ token })}`, { headers });
  for (let heard = ""; !heard.includes("getOnlineUsers");) heard = (await at.visitor.get(session)).text;
}

/** Leaves as a client does that is cut off before it could close the connection, too. @type {typeof enter} */
async function leave(at, session, token) {
  await enter(at, session, token);
  await at.visitor.post(session, "41", { headers });
}

describe("attachments, which no event has", () => {
  const PIECE = Buffer.alloc(60 * 1024, 7);

  for (const [who, token] of /** @type {const} */ ([
    ["somebody who has not said who they are", false],
    ["somebody who was let in", true],
  ])) {
    test(`are not kept for ${who}: the connection ends`, { timeout: 120_000 }, async (t) => {
      const memory = new MemoryWatch(server);
      await memory.start(t);
      const { owner } = await people.pair();
      for (const announced of ["451-", "4576-", "451000-", "461-1", "450-"]) {
        const raw = token ? await connectRaw(t, owner) : new RawSocket(server);
        t.after(() => raw.vanish());
        await raw.until(() => raw.heard("open").length > 0, "opening");
        raw.send(`${announced}["x",{"_placeholder":true,"num":0}]`);
        for (let sent = 0; sent < 40; sent++) raw.send(PIECE);
        await raw.until(() => raw.end !== undefined, `the end after ${announced}`);
      }
      await memory.assertGrewAtMost(`attachments of ${who}`, BOUND_MIB);
    });
  }

  test("are not kept over polling either", async () => {
    const session = await openPolling(server);
    const announced = `451000-${JSON.stringify(["x", { _placeholder: true, num: 0 }])}`;
    await server.visitor.post(session, announced, { headers });
    const answer = await server.visitor.post(session, `b${PIECE.toString("base64").slice(0, 40_000)}`, { headers });
    assert.equal(answer.status, 400, answer.text);
  });
});

describe("polling clients that vanish", { skip: isLong ? false : "takes a minute: part of the long run" }, () => {
  test("are forgotten, and their people are offline", { timeout: 120_000 }, async (t) => {
    const pair = await people.pair();
    const watching = await connect(t, pair.doctor, "websocket");
    await Promise.all(
      crowd().map(async () => {
        const session = await openPolling(server);
        await server.visitor.post(session, `40${JSON.stringify({ token: pair.owner.token })}`, { headers });
      }),
    );
    await watching.next("getOnlineUsers", (online) => online.includes(pair.owner.id));
    watching.forget();
    await watching.next("getOnlineUsers", (online) => !online.includes(pair.owner.id), SILENCE_MS);
  });
});

describe("duplicate connects", () => {
  test("to one connection make no second listener", async (t) => {
    const pair = await people.pair();
    const doubled = await connectRaw(t, pair.doctor);
    for (let again = 0; again < 20; again++) doubled.send(`40${JSON.stringify({ token: pair.doctor.token })}`);
    const phone = await connect(t, pair.owner, "websocket");
    for (let said = 0; said < 3; said++)
      await phone.ask("sendMessage", messageFrom(pair, "owner", { message: "sekali saja" }));
    // Refused or ignored or let in anew: in no case does it hear anything twice.
    await doubled.until(() => doubled.end !== undefined || doubled.heard("newMessage").length >= 3, "the messages");
    const heard = doubled.heard("newMessage").map((message) => message.seq);
    assert.deepEqual(heard, [...new Set(heard)]);
  });

  test("of one person are so many devices, and all of them hear", async (t) => {
    const pair = await people.pair();
    const watching = await connect(t, pair.owner, "websocket");
    const devices = await Promise.all(crowd().map(() => connectRaw(t, pair.doctor)));
    const said = await watching.ask("sendMessage", messageFrom(pair, "owner", { message: "untuk semua" }));
    for (const device of devices) {
      await device.until(() => device.heard("newMessage").length > 0, "the message");
      assert.deepEqual(device.heard("newMessage"), [said]);
    }
    watching.forget();
    for (const device of devices) device.vanish();
    await watching.next("getOnlineUsers", (online) => !online.includes(pair.doctor.id));
  });
});

/**
 * A device whose token still ran when it was let in; on a machine that takes its time, a longer one than at first.
 * @param {import("node:test").TestContext} t
 * @param {import("../support/people.js").Person} person
 * @param {import("../support/sockets.js").Transport} transport
 */
async function enterForAMoment(t, person, transport) {
  for (let seconds = 3; seconds < 100; seconds *= 2) {
    const now = Math.floor(Date.now() / 1000);
    const token = signToken({ ...claimsOf(person.token), iat: now, exp: now + seconds }, server.jwtSecret);
    const device = knock(t, server, { transport, token });
    if ((await device.nextOf("connect", "connect_error")).event === "connect") return { device, token };
  }
  throw new Error("it was never let in");
}

describe("a token that runs out while its socket is open", () => {
  for (const transport of TRANSPORTS) {
    test(`opens nothing any more over ${transport}: a problem or the end`, { timeout: 240_000 }, async (t) => {
      const pair = await people.pair();
      const { device, token } = await enterForAMoment(t, pair.owner, transport);
      const me = () => server.visitor.bearing(token).get("/api/auth/me");
      while ((await me()).status === 200);
      // The official client keeps what it could not send, and sends it once it is let in again: also this is one message.
      const event = messageFrom(pair, "owner", { message: "masih saya?", clientId: randomUUID() });
      const answered = device.ask("sendMessage", event).catch(() => undefined);
      const ended = device.next("disconnect").then(() => undefined);
      const answer = await Promise.race([answered, ended]);
      if (answer) assertProblemBody(answer, 401, "unauthenticated");
      else assert.ok(device.all("disconnect").length > 0, "silence");
      assert.equal((await pair.doctor.conversation()).lastSeq, 0);
      // With a fresh token the same device is let in again.
      device.socket.auth = { token: pair.owner.token };
      device.socket.disconnect().connect();
      await device.next("connect");
      assert.equal((await device.ask("sendMessage", event)).seq, 1);
      assert.equal((await pair.doctor.conversation()).lastSeq, 1);
    });
  }
});
