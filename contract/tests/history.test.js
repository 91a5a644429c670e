// Going through a conversation's past: pages both ways, and the jump to a message.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { range, seqs, talk } from "../support/history.js";
import { peopleOf } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";

const server = await openServer();
const people = peopleOf(server);

const COUNT = 250;
const pair = await people.pair();
// Twenty-five at a time: which text gets which number does not matter here.
for (const round of range(1, COUNT / 25)) {
  const [sender, receiver] = round % 2 ? [pair.owner, pair.doctor] : [pair.doctor, pair.owner];
  await Promise.all(range(1, 25).map((number) => sender.say(receiver, `pesan ${round}.${number}`)));
}
const PATH = `/api/conversations/${pair.conversationId}/messages`;

/** @param {Record<string, string | number>} query */
async function page(query) {
  const answer = await pair.owner.api.get(PATH, { query });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

describe("pages", () => {
  for (const limit of [1, 7, 100]) {
    test(`of ${limit}, forwards and backwards, are the whole without gaps and doubles`, async () => {
      const forwards = [];
      /** @type {string | null} */
      let afterSeq = "0";
      while (afterSeq !== null) {
        const { items, nextCursor } = /** @type {any} */ (await page({ afterSeq, limit }));
        forwards.push(...seqs(items));
        afterSeq = nextCursor;
      }
      assert.deepEqual(forwards, range(1, COUNT));

      /** @type {number[]} */
      let backwards = [];
      let { items, nextCursor } = await page({ limit });
      backwards = seqs(items);
      while (nextCursor !== null) {
        ({ items, nextCursor } = await page({ beforeSeq: nextCursor, limit }));
        backwards = [...seqs(items), ...backwards];
      }
      assert.deepEqual(backwards, range(1, COUNT));
    });
  }
});

describe("aroundSeq", () => {
  for (const [aroundSeq, limit, from, to] of /** @type {const} */ ([
    [125, 20, 115, 134],
    [125, 21, 115, 135],
    [125, 1, 125, 125],
    [1, 20, 1, 20],
    [5, 20, 1, 20],
    [0, 20, 1, 20],
    [250, 20, 231, 250],
    [245, 20, 231, 250],
    [9999, 20, 231, 250],
    [2147483647, 100, 151, 250],
  ])) {
    test(`${aroundSeq} with ${limit} is a full page of ${from} to ${to}, and leads on both ways`, async () => {
      const { items, nextCursor } = await page({ aroundSeq, limit });
      assert.deepEqual(seqs(items), range(from, to));
      assert.equal(nextCursor, to === COUNT ? null : String(to));
      if (nextCursor !== null) {
        const later = await page({ afterSeq: nextCursor, limit: 3 });
        assert.deepEqual(seqs(later.items), range(to + 1, Math.min(to + 3, COUNT)));
      }
      const earlier = await page({ beforeSeq: from, limit: 3 });
      assert.deepEqual(seqs(earlier.items), range(Math.max(1, from - 3), from - 1));
    });
  }

  test("in a short conversation is all of it, in an empty one nothing", async () => {
    const short = await people.pair();
    const path = `/api/conversations/${short.conversationId}/messages`;
    const empty = await short.owner.api.get(path, { query: { aroundSeq: 3 } });
    assert.deepEqual(empty.body, { items: [], nextCursor: null });
    await talk(short, ["satu", "dua", "tiga"]);
    const { body } = await short.doctor.api.get(path, { query: { aroundSeq: 2 } });
    assert.deepEqual([seqs(body.items), body.nextCursor], [[1, 2, 3], null]);
  });

  test("excludes afterSeq and beforeSeq, as these two exclude each other", async () => {
    const all = { afterSeq: 1, aroundSeq: 2, beforeSeq: 3 };
    for (const names of [
      ["afterSeq", "beforeSeq"],
      ["afterSeq", "aroundSeq"],
      ["aroundSeq", "beforeSeq"],
      ["afterSeq", "aroundSeq", "beforeSeq"],
    ]) {
      const query = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
      const problem = assertProblem(await pair.owner.api.get(PATH, { query }), 422, "validation_failed");
      assert.deepEqual(fieldsOf(problem), names);
      assert.ok(problem.errors.every((/** @type {any} */ error) => error.code === "mutually_exclusive"));
    }
  });

  test("that is no number is refused", async () => {
    for (const aroundSeq of ["-1", "satu", "1e3", "1.5", "2147483648", "NaN", "", " 5", "0x5", "٥"]) {
      const problem = assertProblem(await pair.owner.api.get(PATH, { query: { aroundSeq } }), 422);
      assert.deepEqual(fieldsOf(problem), ["aroundSeq"], aroundSeq);
    }
  });

  test("is for participants only", async () => {
    const query = { aroundSeq: 5 };
    assertProblem(await people.owner().api.get(PATH, { query }), 403, "not_a_participant");
    assertProblem(await server.visitor.get(PATH, { query }), 401, "unauthenticated");
    const unknown = "/api/conversations/01900000-0000-7000-8000-000000000000/messages";
    assertProblem(await pair.owner.api.get(unknown, { query }), 404, "conversation_not_found");
  });
});
