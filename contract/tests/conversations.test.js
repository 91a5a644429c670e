// Contract 3: conversations and their messages by conversation.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { buyAndPay } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);

/** @param {any[]} messages @returns {number[]} */
const seqs = (messages) => messages.map((message) => message.seq);

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A pair that has exchanged so many messages, in turns. @param {number} count */
async function talked(count) {
  const pair = await people.pair();
  for (const seq of range(1, count)) {
    const [sender, receiver] = seq % 2 ? [pair.owner, pair.doctor] : [pair.doctor, pair.owner];
    await sender.say(receiver, `pesan ${seq}`);
  }
  return pair;
}

describe("GET /api/conversations", () => {
  test("shows the other party, the last message, what is unread and the status, newest first", async () => {
    const [owner, first, second] = [people.owner(), people.doctor(), people.doctor()];
    const older = await buyAndPay(owner, first);
    const newer = await buyAndPay(owner, second);
    await first.say(owner, "halo");
    const last = await first.say(owner, "masih di sana?");
    await owner.api.patch(`/api/messages/end/${newer.conversationId}`);

    const { body } = await owner.api.get("/api/conversations");
    assert.equal(body.nextCursor, null);
    assert.deepEqual(
      body.items.map((/** @type {any} */ each) => each.id),
      [newer.conversationId, older.conversationId],
    );
    const [ended, active] = body.items;
    assert.equal(ended.status, "ended");
    assert.equal(ended.lastMessage, null);
    assert.equal(ended.unreadCount, 0);
    assert.equal(ended.counterpart.id, second.id);
    assert.equal(active.status, "active");
    assert.equal(active.consultationId, older.purchase.consultationId);
    assert.equal(active.counterpart.id, first.id);
    assert.equal(active.counterpart.role, "dokter");
    assert.equal(active.lastMessage.id, last.id);
    assert.equal(active.lastMessage.message, "masih di sana?");
    assert.equal(active.unreadCount, 2);
    assert.equal(active.lastSeq, 2);
    const theirs = await first.conversation();
    assert.equal(theirs.counterpart.id, owner.id);
    assert.equal(theirs.unreadCount, 0, "own messages are not unread");
  });

  test("comes in pages without gaps or doubles", async () => {
    const owner = people.owner();
    const bought = [];
    for (const doctor of [people.doctor(), people.doctor(), people.doctor()]) {
      bought.push((await buyAndPay(owner, doctor)).conversationId);
    }
    const seen = [];
    let cursor;
    for (let pages = 0; pages < 3; pages++) {
      const { body } = await owner.api.get("/api/conversations", { query: { limit: 1, cursor } });
      assert.equal(body.items.length, 1);
      seen.push(body.items[0].id);
      cursor = body.nextCursor ?? undefined;
      assert.equal(cursor === undefined, pages === 2, "only the last page has no next one");
    }
    assert.deepEqual(seen, bought.reverse());
  });

  test("is one's own only", async () => {
    const { owner, conversationId } = await people.pair();
    const stranger = people.owner();
    assert.deepEqual((await stranger.api.get("/api/conversations")).body, { items: [], nextCursor: null });
    assertProblem(await stranger.api.get(`/api/conversations/${conversationId}`), 403, "not_a_participant");
    assert.equal((await owner.api.get(`/api/conversations/${conversationId}`)).body.id, conversationId);
  });

  test("limits beyond 1 to 100 and foreign cursors are refused", async () => {
    const { owner } = await people.pair();
    for (const limit of ["0", "101", "-1", "1.5", "banyak", "99999999999999999999"]) {
      const answer = await owner.api.get("/api/conversations", { query: { limit } });
      assert.deepEqual(fieldsOf(assertProblem(answer, 422, "validation_failed")), ["limit"]);
    }
    const answer = await owner.api.get("/api/conversations", { query: { cursor: "bukan-kursor" } });
    assert.deepEqual(fieldsOf(assertProblem(answer, 422, "validation_failed")), ["cursor"]);
  });
});

describe("GET /api/conversations/:id/messages", () => {
  test("answers the newest page first, and the pages before it by beforeSeq", async () => {
    const { owner, conversationId } = await talked(25);
    const path = `/api/conversations/${conversationId}/messages`;
    const newest = (await owner.api.get(path)).body;
    assert.deepEqual(seqs(newest.items), range(6, 25), "20 unless said");
    assert.equal(newest.nextCursor, "6");
    const before = (await owner.api.get(path, { query: { beforeSeq: newest.nextCursor } })).body;
    assert.deepEqual(seqs(before.items), range(1, 5));
    assert.equal(before.nextCursor, null);
  });

  test("answers what follows afterSeq, page by page, to the end", async () => {
    const { doctor, conversationId } = await talked(12);
    const path = `/api/conversations/${conversationId}/messages`;
    const seen = [];
    /** @type {string | null} */
    let afterSeq = "2";
    while (afterSeq !== null) {
      const { body } = /** @type {any} */ (await doctor.api.get(path, { query: { afterSeq, limit: 4 } }));
      assert.ok(body.items.length <= 4);
      seen.push(...seqs(body.items));
      afterSeq = body.nextCursor;
    }
    assert.deepEqual(seen, range(3, 12));
    assert.deepEqual((await doctor.api.get(path, { query: { afterSeq: 12 } })).body, { items: [], nextCursor: null });
    assert.deepEqual(
      seqs((await doctor.api.get(path, { query: { afterSeq: 0, limit: 100 } })).body.items),
      range(1, 12),
    );
  });

  test("refuses numbers that are none", async () => {
    const { owner, conversationId } = await talked(1);
    const path = `/api/conversations/${conversationId}/messages`;
    for (const name of ["afterSeq", "beforeSeq", "limit"]) {
      for (const value of ["-1", "satu", "1e3", "2147483648", "NaN", ""]) {
        const answer = await owner.api.get(path, { query: { [name]: value } });
        assert.deepEqual(fieldsOf(assertProblem(answer, 422, "validation_failed")), [name], `${name}=${value}`);
      }
    }
  });

  test("is for participants only, and unknown conversations are not found", async () => {
    const { owner, conversationId } = await talked(1);
    assertProblem(
      await people.owner().api.get(`/api/conversations/${conversationId}/messages`),
      403,
      "not_a_participant",
    );
    const unknown = "/api/conversations/01900000-0000-7000-8000-000000000000/messages";
    assertProblem(await owner.api.get(unknown), 404, "conversation_not_found");
  });
});

describe("POST /api/conversations/:id/messages", () => {
  test("stores and tells as the original's call does", async (t) => {
    const { owner, doctor, conversationId } = await people.pair();
    const device = await connect(t, doctor, "websocket");
    const body = { message: "halo dok", clientId: randomUUID() };
    const answer = await owner.api.post(`/api/conversations/${conversationId}/messages`, body);
    assert.equal(answer.status, 201, answer.text);
    assert.deepEqual(await device.next("newMessage"), answer.body);
    assert.equal(answer.body.seq, 1);
    assert.equal(answer.body.receiverId, doctor.id);
  });

  test("the same clientId again answers 200 with the first message", async (t) => {
    const { owner, doctor, conversationId } = await people.pair();
    const device = await connect(t, doctor, "websocket");
    const path = `/api/conversations/${conversationId}/messages`;
    const body = { message: "hanya sekali", clientId: randomUUID() };
    const first = await owner.api.post(path, body);
    const again = await owner.api.post(path, { ...body, message: "berbeda" });
    assert.equal(again.status, 200);
    assert.deepEqual(again.body, first.body);
    await device.caughtUp();
    assert.equal(device.all("newMessage").length, 1, "a repetition is not told");
    assert.equal((await owner.conversation()).lastSeq, 1);
  });

  test("twenty times the same clientId at one moment is one message", async () => {
    const { owner, conversationId } = await people.pair();
    const path = `/api/conversations/${conversationId}/messages`;
    const body = { message: "sekali saja", clientId: randomUUID() };
    const answers = await Promise.all(range(1, 20).map(() => owner.api.post(path, body)));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [...Array(19).fill(200), 201]);
    assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
    assert.equal((await owner.conversation()).lastSeq, 1);
  });

  test("a clientId belongs to its sender: the other side may use the same one", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    const path = `/api/conversations/${conversationId}/messages`;
    const clientId = randomUUID();
    assert.equal((await owner.api.post(path, { message: "dari pemilik", clientId })).status, 201);
    assert.equal((await doctor.api.post(path, { message: "dari dokter", clientId })).status, 201);
  });

  test("a clientId of another conversation is refused", async () => {
    const owner = people.owner();
    const one = await buyAndPay(owner, people.doctor());
    const other = await buyAndPay(owner, people.doctor());
    const body = { message: "halo", clientId: randomUUID() };
    await owner.api.post(`/api/conversations/${one.conversationId}/messages`, body);
    const answer = await owner.api.post(`/api/conversations/${other.conversationId}/messages`, body);
    assertProblem(answer, 409, "client_id_reused");
  });

  test("needs a clientId and a message", async () => {
    const { owner, conversationId } = await people.pair();
    const path = `/api/conversations/${conversationId}/messages`;
    const answer = await owner.api.post(path, {});
    assert.deepEqual(fieldsOf(assertProblem(answer, 400, "all_fields_required")), ["clientId", "message"]);
  });

  test("is refused once the conversation has ended, except for repetitions", async () => {
    const { owner, conversationId } = await people.pair();
    const path = `/api/conversations/${conversationId}/messages`;
    const body = { message: "terakhir", clientId: randomUUID() };
    const first = await owner.api.post(path, body);
    await owner.api.patch(`/api/messages/end/${conversationId}`);
    assert.deepEqual((await owner.api.post(path, body)).body, first.body, "the lost answer can still be fetched");
    const late = await owner.api.post(path, { message: "terlambat", clientId: randomUUID() });
    assertProblem(late, 403, "no_active_conversation");
  });

  test("seq has no gaps, however many send at once and whatever is refused between", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    const path = `/api/conversations/${conversationId}/messages`;
    const send = (/** @type {number} */ index) => {
      const sender = index % 2 ? owner : doctor;
      const message = index % 5 === 0 ? "" : `pesan ${index}`;
      return sender.api.post(path, { message, clientId: randomUUID() });
    };
    const answers = await Promise.all(range(1, 60).map(send));
    assert.equal(answers.filter((answer) => answer.status === 201).length, 48);
    const { body } = await owner.api.get(path, { query: { afterSeq: 0, limit: 100 } });
    assert.deepEqual(seqs(body.items), range(1, 48));
  });
});
