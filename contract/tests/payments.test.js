// Contract 1 and 3: buying a consultation and looking at its payment. Contract 0: Idempotency-Key.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { CLIENT_KEY, buy, buyAndPay, consultationOf, paymentOf, simulate } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);
const UNKNOWN = "01900000-0000-7000-8000-000000000000";

/** @param {any} body @param {string} key @param {import("../support/people.js").Person} owner */
function buyWithKey(owner, body, key) {
  return owner.api.post("/api/payment/consulting", body, { headers: { "idempotency-key": key } });
}

describe("POST /api/payment/consulting", () => {
  test("answers a Snap token, its page, the ids and the quote", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const { body: profile } = await server.visitor.get(`/api/doctors/${doctor.id}`);
    const purchase = await buy(owner, doctor);
    assert.match(purchase.token, /^[0-9a-f-]{36}$/);
    assert.ok(purchase.redirectUrl.endsWith(`/sandbox/midtrans/snap/v4/redirection/${purchase.token}`));
    assert.match(purchase.orderId, /^[A-Za-z0-9\-_~.]{1,50}$/, "Midtrans' rule for an order_id");
    assert.notEqual(purchase.orderId, purchase.transactionId);
    assert.deepEqual(purchase.quote, profile.quote);
    assert.equal((await fetch(purchase.redirectUrl)).status, 200);
    const consultation = await consultationOf(owner, purchase);
    assert.equal(consultation.status, "awaiting_payment");
    assert.equal(consultation.transactionId, purchase.transactionId);
    assert.equal(consultation.conversationId, null);
  });

  test("answers the open purchase again when the button is pressed again", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    assert.deepEqual(await buy(owner, doctor), await buy(owner, doctor));
  });

  test("two owners who buy from one doctor have two purchases", async () => {
    const doctor = people.doctor();
    const [one, other] = [await buy(people.owner(), doctor), await buy(people.owner(), doctor)];
    assert.notEqual(one.orderId, other.orderId);
    assert.notEqual(one.consultationId, other.consultationId);
  });

  test("is refused while the two already talk, and says where", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const { conversationId } = await buyAndPay(owner, doctor);
    const answer = await owner.api.post("/api/payment/consulting", { id: doctor.id });
    assert.equal(assertProblem(answer, 409, "conversation_already_active").conversationId, conversationId);
  });

  test("begins anew after the last attempt has failed", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    for (const outcome of /** @type {const} */ (["expire", "cancel", "deny"])) {
      const failed = await buy(owner, doctor);
      await simulate(server, failed.orderId, outcome);
      const next = await buy(owner, doctor);
      assert.notEqual(next.orderId, failed.orderId, outcome);
      assert.notEqual(next.consultationId, failed.consultationId, outcome);
    }
  });

  test("is for owners and about verified doctors", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const admin = await people.admin();
    for (const other of [people.doctor(), await people.partner(), admin]) {
      assertProblem(await other.api.post("/api/payment/consulting", { id: doctor.id }), 403, "forbidden");
    }
    for (const id of [UNKNOWN, "bukan-id", people.owner().id, admin.id, owner.id]) {
      assertProblem(await owner.api.post("/api/payment/consulting", { id }), 404, "doctor_not_found");
    }
    const missing = await owner.api.post("/api/payment/consulting", {});
    assert.deepEqual(fieldsOf(assertProblem(missing, 400, "all_fields_required")), ["id"]);
    assertProblem(await server.visitor.post("/api/payment/consulting", { id: doctor.id }), 401, "unauthenticated");
    assert.deepEqual((await owner.api.get("/api/consultations")).body.items, []);
  });

  test("the price is the server's, whatever the body says", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const { body: profile } = await server.visitor.get(`/api/doctors/${doctor.id}`);
    const cheap = { id: doctor.id, price: 1, total: 1, amount: 1, gross_amount: 1, quote: { total: 1 } };
    const answer = await owner.api.post("/api/payment/consulting", cheap);
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.body.quote.total, profile.price);
    assert.equal((await paymentOf(owner, answer.body)).amount, profile.price);
  });
});

describe("Idempotency-Key", () => {
  test("the same key with the same body answers the first result again", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const key = randomUUID();
    const first = await buyWithKey(owner, { id: doctor.id }, key);
    assert.equal(first.status, 201, first.text);
    await simulate(server, first.body.orderId, "expire");
    const again = await buyWithKey(owner, { id: doctor.id }, key);
    assert.equal(again.status, 201);
    assert.deepEqual(again.body, first.body, "also when the world has moved on");
    assert.equal((await owner.api.get("/api/consultations")).body.items.length, 1);
  });

  test("the same key with another body is refused", async () => {
    const owner = people.owner();
    const key = randomUUID();
    await buyWithKey(owner, { id: people.doctor().id }, key);
    assertProblem(await buyWithKey(owner, { id: people.doctor().id }, key), 422, "idempotency_key_reused");
    assert.equal((await owner.api.get("/api/consultations")).body.items.length, 1);
  });

  test("a key belongs to its owner", async () => {
    const [one, other, doctor, key] = [people.owner(), people.owner(), people.doctor(), randomUUID()];
    const first = await buyWithKey(one, { id: doctor.id }, key);
    const second = await buyWithKey(other, { id: doctor.id }, key);
    assert.equal(second.status, 201, second.text);
    assert.notEqual(second.body.orderId, first.body.orderId);
  });

  test("what was refused is not kept: the key can be used again", async () => {
    const [owner, key] = [people.owner(), randomUUID()];
    assertProblem(await buyWithKey(owner, { id: UNKNOWN }, key), 404, "doctor_not_found");
    assert.equal((await buyWithKey(owner, { id: people.doctor().id }, key)).status, 201);
  });

  for (const [what, keys] of /** @type {[string, string[]][]} */ ([
    ["with one key", Array(8).fill(randomUUID())],
    ["with different keys", Array.from({ length: 8 }, () => randomUUID())],
  ])) {
    test(`buys at the same moment ${what} are one consultation and one order`, async () => {
      const [owner, doctor] = [people.owner(), people.doctor()];
      const answers = await Promise.all(keys.map((key) => buyWithKey(owner, { id: doctor.id }, key)));
      for (const answer of answers) assert.equal(answer.status, 201, answer.text);
      const ids = (/** @type {string} */ name) => new Set(answers.map((answer) => answer.body[name])).size;
      assert.deepEqual(["consultationId", "orderId", "transactionId", "token"].map(ids), [1, 1, 1, 1]);
      assert.equal((await owner.api.get("/api/consultations")).body.items.length, 1);
    });
  }
});

describe("GET /api/payment/:transactionId", () => {
  test("shows status, quote lines and history, and where it led", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const purchase = await buy(owner, doctor);
    const before = await paymentOf(owner, purchase);
    const { history, doctor: party, createdAt, expiresAt, ...rest } = before;
    assert.deepEqual(rest, {
      transactionId: purchase.transactionId,
      orderId: purchase.orderId,
      status: "pending",
      amount: purchase.quote.total,
      refundedAmount: 0,
      owedBackAmount: 0,
      paymentType: null,
      token: purchase.token,
      redirectUrl: purchase.redirectUrl,
      settledAt: null,
      consultationId: purchase.consultationId,
      conversationId: null,
      quote: purchase.quote,
    });
    assert.deepEqual([party.id, party.role], [doctor.id, "dokter"]);
    assert.ok(Date.parse(expiresAt) > Date.parse(createdAt));
    assert.deepEqual(
      history.map((/** @type {any} */ each) => [each.status, each.source]),
      [["pending", "platform"]],
    );

    await simulate(server, purchase.orderId, "settlement", { payment_type: "qris" });
    const after = await paymentOf(owner, purchase);
    assert.equal(after.status, "settled");
    assert.equal(after.paymentType, "qris");
    assert.ok(after.settledAt);
    assert.equal(after.conversationId, (await owner.conversation()).id);
    assert.deepEqual(
      after.history.map((/** @type {any} */ each) => [each.status, each.source]),
      [
        ["pending", "platform"],
        ["settled", "gateway"],
      ],
    );
  });

  test("both are told when the conversation opens", async (t) => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const devices = [await connect(t, owner, "websocket"), await connect(t, doctor, "polling")];
    const { purchase, conversationId } = await buyAndPay(owner, doctor);
    for (const device of devices) {
      const { consultationId, conversationId: told } = await device.next("conversationStarted");
      assert.deepEqual([told, consultationId], [conversationId, purchase.consultationId]);
    }
  });

  test("is for its owner only", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const { transactionId } = await buy(owner, doctor);
    const path = `/api/payment/${transactionId}`;
    assertProblem(await people.owner().api.get(path), 404, "payment_not_found");
    for (const other of [doctor, await people.admin()]) {
      assertProblem(await other.api.get(path), 403);
    }
    assertProblem(await server.visitor.get(path), 401, "unauthenticated");
    for (const id of [UNKNOWN, "bukan-id"])
      assertProblem(await owner.api.get(`/api/payment/${id}`), 404, "payment_not_found");
    assertProblem(await people.owner().api.post(`${path}/refresh`), 404, "payment_not_found");
  });

  test("a refresh asks the gateway and changes nothing by itself", async () => {
    const owner = people.owner();
    const purchase = await buy(owner, people.doctor());
    const answer = await owner.api.post(`/api/payment/${purchase.transactionId}/refresh`);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.body, await paymentOf(owner, purchase));
    assert.equal(answer.body.status, "pending");
  });
});

test("the doctor sees the consultation too, with the same quote", async () => {
  const [owner, doctor] = [people.owner(), people.doctor()];
  const { purchase, conversationId } = await buyAndPay(owner, doctor);
  const [hers, his] = [await consultationOf(doctor, purchase), await consultationOf(owner, purchase)];
  assert.deepEqual(hers, his);
  assert.equal(hers.status, "active");
  assert.equal(hers.conversationId, conversationId);
  assert.deepEqual([hers.owner.id, hers.doctor.id], [owner.id, doctor.id]);
  assert.deepEqual(hers.quote, purchase.quote);
});

test("the app is told that payments are simulated, and which script to load", async () => {
  const { body } = await server.visitor.get("/api/app-config");
  assert.equal(body.simulatedPayments, true);
  assert.equal(body.paymentClientKey, CLIENT_KEY);
  const script = await server.visitor.get(body.paymentScriptUrl);
  assert.equal(script.status, 200);
  assert.match(script.headers.get("content-type") ?? "", /javascript/);
});
