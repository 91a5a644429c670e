// Contract 1: the original's message calls, which name two people.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { buy, buyAndPay, consultationOf, paymentBecomes, simulate } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);

/** The two addresses of the same call. */
const SENDING = ["/api/messages/send", "/api/messages/client/send"];

/**
 * @param {import("../support/people.js").Person} caller
 * @param {import("../support/people.js").Person} other
 */
function history(caller, other) {
  return caller.api.get("/api/messages/client", { query: { senderId: caller.id, receiverId: other.id } });
}

for (const address of SENDING) {
  describe(`POST ${address}/:receiverId`, () => {
    test("answers 201 and the stored message, and tells both sides the same", async (t) => {
      const { owner, doctor, conversationId } = await people.pair();
      const devices = [await connect(t, owner, "websocket"), await connect(t, doctor, "polling")];
      const [clientId, message] = [randomUUID(), "Kucing saya tidak mau makan 🐱\nSejak kemarin."];
      const body = { senderId: owner.id, receiverId: doctor.id, message, clientId };
      const answer = await owner.api.post(`${address}/${doctor.id}`, body);
      assert.equal(answer.status, 201, answer.text);
      const { id, createdAt, sender, receiver, ...rest } = answer.body;
      assert.deepEqual(rest, {
        conversationId,
        senderId: owner.id,
        receiverId: doctor.id,
        message,
        seq: 1,
        clientId,
        status: "sent",
        attachments: [],
      });
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.match(createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.deepEqual([sender.id, receiver.id], [owner.id, doctor.id]);
      assert.deepEqual(Object.keys(sender).sort(), ["id", "picture", "username"], "no e-mail, no phone number");
      for (const device of devices) assert.deepEqual(await device.next("newMessage"), answer.body);
    });

    test("doctors answer in the same conversation", async () => {
      const { owner, doctor } = await people.pair();
      for (const [seq, sender, receiver] of /** @type {const} */ ([
        [1, owner, doctor],
        [2, doctor, owner],
        [3, owner, doctor],
      ])) {
        const body = { senderId: sender.id, receiverId: receiver.id, message: `pesan ${seq}` };
        const answer = await sender.api.post(`${address}/${receiver.id}`, body);
        assert.equal(answer.status, 201, answer.text);
        assert.equal(answer.body.seq, seq);
        assert.equal(answer.body.clientId, null);
      }
    });

    for (const field of ["message", "senderId", "receiverId"]) {
      for (const [what, value] of [
        ["missing", undefined],
        ["empty", ""],
        ["blank", " \n "],
        ["null", null],
      ]) {
        test(`refuses a ${what} ${field}`, async () => {
          const { owner, doctor } = await people.pair();
          const body = { senderId: owner.id, receiverId: doctor.id, message: "halo", [String(field)]: value };
          const answer = await owner.api.post(`${address}/${doctor.id}`, body);
          assert.deepEqual(fieldsOf(assertProblem(answer, 400, "all_fields_required")), [field]);
          assert.deepEqual((await history(owner, doctor)).body, []);
        });
      }
    }
  });
}

describe("sending to a person", () => {
  test("2.1 a senderId that is not the caller's is refused, whoever's it is", async () => {
    const { owner, doctor } = await people.pair();
    const stranger = people.owner();
    for (const [caller, senderId] of /** @type {const} */ ([
      [stranger, owner.id],
      [owner, doctor.id],
      [doctor, owner.id],
    ])) {
      for (const receiver of [owner, doctor]) {
        const body = { senderId, receiverId: receiver.id, message: "palsu" };
        const answer = await caller.api.post(`/api/messages/send/${receiver.id}`, body);
        assertProblem(answer, 403, "not_a_participant");
      }
    }
    assert.deepEqual((await history(owner, doctor)).body, []);
  });

  test("2.2 without a paid consultation of exactly these two nothing is sent and nothing opens", async () => {
    const { owner, doctor } = await people.pair();
    const [stranger, freeDoctor] = [people.owner(), people.doctor()];
    // Each of them talks with somebody, or nobody; but no two of these with each other.
    for (const [sender, receiver] of /** @type {const} */ ([
      [stranger, doctor],
      [doctor, stranger],
      [owner, freeDoctor],
      [freeDoctor, owner],
      [stranger, freeDoctor],
      [owner, stranger],
      [doctor, freeDoctor],
      [owner, owner],
    ])) {
      const body = { senderId: sender.id, receiverId: receiver.id, message: "gratis?" };
      const answer = await sender.api.post(`/api/messages/send/${receiver.id}`, body);
      assertProblem(answer, 403, "no_active_conversation");
    }
    assert.equal(await stranger.conversation(), undefined);
    assert.equal(await freeDoctor.conversation(), undefined);
    assert.equal((await owner.conversation()).lastSeq, 0);
  });

  test("nothing is sent once the conversation has ended", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    await owner.say(doctor, "terima kasih");
    assert.equal((await owner.api.patch(`/api/messages/end/${conversationId}`)).status, 200);
    for (const [sender, receiver] of /** @type {const} */ ([
      [owner, doctor],
      [doctor, owner],
    ])) {
      const body = { senderId: sender.id, receiverId: receiver.id, message: "satu lagi" };
      const answer = await sender.api.post(`/api/messages/send/${receiver.id}`, body);
      assertProblem(answer, 403, "no_active_conversation");
    }
    assert.equal((await history(owner, doctor)).body.length, 1);
  });

  test("a receiverId that differs from the address is refused", async () => {
    const { owner, doctor } = await people.pair();
    const body = { senderId: owner.id, receiverId: people.doctor().id, message: "halo" };
    assertProblem(await owner.api.post(`/api/messages/send/${doctor.id}`, body), 422, "validation_failed");
  });

  test("4,000 characters are a message, 4,001 are not", async () => {
    const { owner, doctor } = await people.pair();
    // Characters, not bytes: each of these has four.
    await owner.say(doctor, "🐈".repeat(4000));
    const body = { senderId: owner.id, receiverId: doctor.id, message: "🐈".repeat(4001) };
    assertProblem(await owner.api.post(`/api/messages/send/${doctor.id}`, body), 422, "validation_failed");
    assert.equal((await history(owner, doctor)).body.length, 1);
  });

  test("the same clientId again answers the first message and stores nothing", async () => {
    const { owner, doctor } = await people.pair();
    const body = { senderId: owner.id, receiverId: doctor.id, message: "pertama", clientId: randomUUID() };
    const first = await owner.api.post(`/api/messages/send/${doctor.id}`, body);
    const again = await owner.api.post(`/api/messages/send/${doctor.id}`, { ...body, message: "lain" });
    assert.equal(again.status, 200);
    assert.deepEqual(again.body, first.body);
    assert.equal((await history(owner, doctor)).body.length, 1);
  });
});

describe("GET /api/messages/client", () => {
  test("answers the messages of both, oldest first", async () => {
    const { owner, doctor } = await people.pair();
    await owner.say(doctor, "satu");
    await doctor.say(owner, "dua");
    await owner.say(doctor, "tiga");
    for (const [caller, other] of /** @type {const} */ ([
      [owner, doctor],
      [doctor, owner],
    ])) {
      const { body } = await history(caller, other);
      assert.deepEqual(
        body.map((/** @type {any} */ each) => [each.seq, each.message]),
        [
          [1, "satu"],
          [2, "dua"],
          [3, "tiga"],
        ],
      );
    }
  });

  test("is of the newest conversation of the two", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const old = await buyAndPay(owner, doctor);
    await owner.say(doctor, "konsultasi pertama");
    await owner.api.patch(`/api/messages/end/${old.conversationId}`);
    assert.equal((await history(owner, doctor)).body.length, 1, "an ended conversation can still be read");
    const recent = await buyAndPay(owner, doctor);
    assert.deepEqual((await history(owner, doctor)).body, []);
    const said = await doctor.say(owner, "konsultasi kedua");
    assert.equal(said.conversationId, recent.conversationId);
    assert.equal(said.seq, 1, "every conversation counts from 1");
    assert.deepEqual(
      (await history(owner, doctor)).body.map((/** @type {any} */ each) => each.id),
      [said.id],
    );
  });

  test("is an empty list for two who never talked", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    assert.deepEqual((await history(owner, doctor)).body, []);
  });

  test("refuses a missing parameter and names it", async () => {
    const { owner, doctor } = await people.pair();
    for (const [query, missing] of /** @type {[Record<string, string>, string[]][]} */ ([
      [{ senderId: owner.id }, ["receiverId"]],
      [{ receiverId: doctor.id }, ["senderId"]],
      [{ senderId: "", receiverId: doctor.id }, ["senderId"]],
      [{}, ["receiverId", "senderId"]],
    ])) {
      const answer = await owner.api.get("/api/messages/client", { query });
      assert.deepEqual(fieldsOf(assertProblem(answer, 400, "all_fields_required")), missing);
    }
  });

  test("refuses a caller who is neither of the two", async () => {
    const { owner, doctor } = await people.pair();
    await owner.say(doctor, "rahasia");
    const admin = await people.admin();
    for (const caller of [people.owner(), people.doctor(), admin]) {
      const query = { senderId: owner.id, receiverId: doctor.id };
      assertProblem(await caller.api.get("/api/messages/client", { query }), 403, "not_a_participant");
    }
  });
});

describe("PATCH /api/messages/end/:conversationId", () => {
  test("either of the two ends it, and both are told", async (t) => {
    for (const who of /** @type {const} */ (["owner", "doctor"])) {
      const pair = await people.pair();
      await pair.doctor.say(pair.owner, "halo");
      const devices = [await connect(t, pair.owner, "websocket"), await connect(t, pair.doctor, "polling")];
      const answer = await pair[who].api.patch(`/api/messages/end/${pair.conversationId}`);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.body.message, "Percakapan berhasil diakhiri.");
      assert.equal(answer.body.conversation.id, pair.conversationId);
      assert.equal(answer.body.conversation.status, "ended");
      for (const device of devices) {
        assert.equal((await device.next("conversationEnded")).conversationId, pair.conversationId);
      }
      const consultation = (await pair.owner.api.get("/api/consultations")).body.items[0];
      assert.equal(consultation.status, "ended");
      assert.ok(consultation.endedAt);
    }
  });

  test("before the vet has written it gives the consultation up: all the money goes back, whoever ends it", async () => {
    for (const who of /** @type {const} */ (["owner", "doctor"])) {
      const pair = { owner: people.owner(), doctor: people.doctor() };
      const purchase = await buy(pair.owner, pair.doctor);
      await simulate(server, purchase.orderId, "settlement", { payment_type: "qris" });
      const { conversationId } = await pair.owner.say(pair.doctor, "halo dok");
      assert.equal((await pair[who].api.patch(`/api/messages/end/${conversationId}`)).status, 200);
      assert.equal((await consultationOf(pair.owner, purchase)).status, "cancelled");
      const { refundedAmount } = await paymentBecomes(pair.owner, purchase, "refunded");
      assert.equal(refundedAmount, purchase.quote.total);
    }
  });

  test("ends once: the second time it says so", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    await owner.api.patch(`/api/messages/end/${conversationId}`);
    for (const caller of [owner, doctor]) {
      const problem = assertProblem(await caller.api.patch(`/api/messages/end/${conversationId}`), 400);
      assert.equal(problem.message, "Percakapan sudah berakhir.");
    }
  });

  test("of two who end it at the same moment one did it", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    const both = await Promise.all(
      [owner, doctor].map((each) => each.api.patch(`/api/messages/end/${conversationId}`)),
    );
    assert.deepEqual(both.map((answer) => answer.status).sort(), [200, 400]);
  });

  test("an unknown conversation is not found", async () => {
    const { owner } = await people.pair();
    for (const id of ["01900000-0000-7000-8000-000000000000", "7"]) {
      const problem = assertProblem(await owner.api.patch(`/api/messages/end/${id}`), 404);
      assert.equal(problem.message, "Percakapan tidak ditemukan.");
    }
  });

  test("is for participants only", async () => {
    const { owner, conversationId } = await people.pair();
    const admin = await people.admin();
    for (const caller of [people.owner(), people.doctor(), admin]) {
      const answer = await caller.api.patch(`/api/messages/end/${conversationId}`);
      assertProblem(answer, 403, "not_a_participant");
    }
    assert.equal((await owner.conversation()).status, "active");
  });
});
