// Searching one's own messages: the same on both databases, and never anybody else's.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { range, talk } from "../support/history.js";
import { buyAndPay } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";

const server = await openServer();
const people = peopleOf(server);
const UNKNOWN = "01900000-0000-7000-8000-000000000000";

/**
 * @param {import("../support/people.js").Person} person
 * @param {Record<string, string | number | undefined>} query
 */
async function search(person, query) {
  const answer = await person.api.get("/api/messages/search", { query });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/** @param {any} page @returns {string[]} */
const texts = (page) => page.items.map((/** @type {any} */ item) => item.message.message);

/**
 * All pages, one after the other.
 * @param {import("../support/people.js").Person} person
 * @param {Record<string, string | number>} query
 */
async function searchAll(person, query) {
  const items = [];
  /** @type {string | undefined} */
  let cursor;
  do {
    const body = await search(person, { ...query, cursor });
    assert.ok(body.items.length <= Number(query.limit ?? 20));
    items.push(...body.items);
    cursor = body.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

describe("a search", () => {
  test("finds a part of a message and says where it was", async () => {
    const pair = await people.pair();
    await talk(pair, ["Miko muntah sejak pagi", "Sejak jam berapa?", "Jam enam, muntahnya kuning"]);
    for (const [person, other] of /** @type {const} */ ([
      [pair.owner, pair.doctor],
      [pair.doctor, pair.owner],
    ])) {
      const body = await search(person, { q: " MUNTAH " });
      assert.deepEqual(texts(body), ["Jam enam, muntahnya kuning", "Miko muntah sejak pagi"], "newest first");
      assert.equal(body.nextCursor, null);
      for (const item of body.items) {
        assert.equal(item.counterpart.id, other.id);
        assert.equal(item.conversationStatus, "active");
        assert.equal(item.message.conversationId, pair.conversationId);
      }
      const path = `/api/conversations/${pair.conversationId}/messages`;
      const { body: around } = await person.api.get(path, { query: { aroundSeq: body.items[1].message.seq } });
      assert.deepEqual(around.items[0], body.items[1].message, "what was found is the message as elsewhere");
    }
  });

  test("overlooks case, whatever the alphabet, and takes every sign as itself", async () => {
    const pair = await people.pair();
    const said = [
      "Éclair si kucing",
      "ПРИВЕТ, доктор",
      "ΣΊΣΥΦΟΣ",
      "Cafe\u0301 Kucing",
      "STRAẞE 5",
      "İSTANBUL",
      "100% sembuh",
      "1000 sembuh",
      "nama_file",
      "namaxfile",
      "C:\\foto\\miko",
      "kucing oren 🐱🐾",
      "it's 'quoted' -- ; DROP TABLE messages",
    ];
    await talk(pair, said);
    for (const [q, found] of /** @type {[string, string[]][]} */ ([
      ["éclair", ["Éclair si kucing"]],
      ["ÉCLAIR", ["Éclair si kucing"]],
      ["eclair", []],
      ["привет", ["ПРИВЕТ, доктор"]],
      ["ДОКТОР", ["ПРИВЕТ, доктор"]],
      ["σίσυφος", ["ΣΊΣΥΦΟΣ"]],
      ["CAFÉ", ["Café Kucing"]],
      ["straße", ["STRAẞE 5"]],
      ["strasse", []],
      ["istanbul", ["İSTANBUL"]],
      ["%%", []],
      ["0%", ["100% sembuh"]],
      ["__", []],
      ["a_f", ["nama_file"]],
      ["\\foto\\", ["C:\\foto\\miko"]],
      ["\\%", []],
      ["🐱🐾", ["kucing oren 🐱🐾"]],
      ["🐾🐱", []],
      ["' -- ; drop", ["it's 'quoted' -- ; DROP TABLE messages"]],
      ["kucing", ["kucing oren 🐱🐾", "Café Kucing", "Éclair si kucing"]],
    ])) {
      assert.deepEqual(texts(await search(pair.owner, { q })), found, q);
    }
  });

  test("goes page by page to the end, through several conversations, without loss or repetition", async () => {
    const owner = people.owner();
    const doctors = [people.doctor(), people.doctor(), people.doctor()];
    for (const [index, doctor] of doctors.entries()) {
      const { conversationId } = await buyAndPay(owner, doctor);
      const said = range(1, 9).map((number) => (number % 2 ? `obat nomor ${index}.${number}` : "baik, terima kasih"));
      await talk({ owner, doctor, conversationId }, said);
      if (index === 0) await owner.api.patch(`/api/messages/end/${conversationId}`);
    }
    const expected = [2, 1, 0].flatMap((index) => [9, 7, 5, 3, 1].map((number) => `obat nomor ${index}.${number}`));
    for (const limit of [1, 2, 4, 5, 7, 15, 100]) {
      const items = await searchAll(owner, { q: "OBAT", limit });
      assert.deepEqual(texts({ items }), expected, `limit ${limit}`);
      assert.deepEqual(new Set(items.slice(-5).map((item) => item.conversationStatus)), new Set(["ended"]));
      assert.equal(items[0].counterpart.id, doctors[2]?.id);
    }
    const theirs = await searchAll(/** @type {any} */ (doctors[1]), { q: "obat", limit: 2 });
    assert.equal(theirs.length, 5, "a doctor finds what was said to this doctor");
  });

  test("finds nothing of other people's", async () => {
    const [pair, others] = [await people.pair(), await people.pair()];
    await talk(pair, ["rahasia keluarga", "saya simpan rahasia ini"]);
    await talk(others, ["rahasia kami"]);
    const admin = await people.admin();
    for (const stranger of [people.owner(), people.doctor(), admin]) {
      assert.deepEqual(await search(stranger, { q: "rahasia" }), { items: [], nextCursor: null });
    }
    assert.deepEqual(texts(await search(others.doctor, { q: "rahasia" })), ["rahasia kami"]);
    // A cursor is a place, not a key: one of somebody else's opens nothing.
    const cursor = `${pair.conversationId}.1000`;
    for (const item of (await search(others.owner, { q: "rahasia", cursor })).items) {
      assert.equal(item.message.conversationId, others.conversationId);
    }
  });

  test("may be of one conversation, for its participants only", async () => {
    const owner = people.owner();
    const [first, second] = [people.doctor(), people.doctor()];
    const conversations = [];
    for (const doctor of [first, second]) {
      const { conversationId } = await buyAndPay(owner, doctor);
      await talk({ owner, doctor, conversationId }, ["kontrol ulang", "kontrol minggu depan"]);
      conversations.push(conversationId);
    }
    for (const conversationId of conversations) {
      const items = await searchAll(owner, { q: "kontrol", conversationId, limit: 1 });
      assert.deepEqual(texts({ items }), ["kontrol minggu depan", "kontrol ulang"]);
      assert.ok(items.every((item) => item.message.conversationId === conversationId));
    }
    const [conversationId] = conversations;
    const query = { q: "kontrol", conversationId };
    for (const stranger of [second, people.owner()]) {
      assertProblem(await stranger.api.get("/api/messages/search", { query }), 403, "not_a_participant");
    }
    for (const unknown of [UNKNOWN, "bukan-id", ""]) {
      const answer = await owner.api.get("/api/messages/search", { query: { ...query, conversationId: unknown } });
      assertProblem(answer, 404, "conversation_not_found");
    }
  });

  test("does not count as receiving", async () => {
    const pair = await people.pair();
    await talk(pair, ["sudah sampai?"]);
    await search(pair.doctor, { q: "sampai" });
    const { body } = await pair.owner.api.get(`/api/conversations/${pair.conversationId}`);
    assert.equal(body.counterpartDeliveredSeq, 0);
  });

  test("without words, with too few, too many or forbidden ones is refused", async () => {
    const owner = people.owner();
    for (const [q, status, code] of /** @type {[string | undefined, number, string][]} */ ([
      [undefined, 400, "required"],
      ["", 400, "required"],
      ["   ", 400, "required"],
      ["a", 422, "too_short"],
      [" a ", 422, "too_short"],
      ["🐱", 422, "too_short"],
      ["a".repeat(101), 422, "too_long"],
      ["\u0000", 400, "required"],
      ["\u200b\u202e", 400, "required"],
    ])) {
      const problem = assertProblem(await owner.api.get("/api/messages/search", { query: { q } }), status);
      assert.deepEqual([problem.errors[0].field, problem.errors[0].code], ["q", code], JSON.stringify(q));
    }
    assert.deepEqual(await search(owner, { q: "é".repeat(100) }), { items: [], nextCursor: null });
  });

  test("with a limit or cursor that is none is refused", async () => {
    const owner = people.owner();
    for (const [name, values] of Object.entries({
      limit: ["0", "101", "-1", "banyak"],
      cursor: ["bukan", "7", UNKNOWN, `${UNKNOWN}.0`, `${UNKNOWN}.-1`, `${UNKNOWN}.9999999999`, "x.1", ""],
    })) {
      for (const value of values) {
        const answer = await owner.api.get("/api/messages/search", { query: { q: "obat", [name]: value } });
        assert.deepEqual(fieldsOf(assertProblem(answer, 422, "validation_failed")), [name], value);
      }
    }
    assertProblem(await server.visitor.get("/api/messages/search", { query: { q: "obat" } }), 401, "unauthenticated");
  });
});
