// 2.12: signature, amount and state are verified; replays and reordering change nothing.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { scriptedGateway } from "../support/gateway.js";
import { baseOf, buy, notify, paymentBecomes, paymentOf, profitOf, sign, simulate } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";

const server = await openServer();
const people = peopleOf(server);

/** A purchase and all that could change because of a notification. */
async function purchased() {
  const [owner, doctor] = [people.owner(), people.doctor()];
  const purchase = await buy(owner, doctor);
  const state = async () => ({
    payment: await paymentOf(owner, purchase),
    consultations: (await owner.api.get("/api/consultations")).body.items,
    conversations: (await owner.api.get("/api/conversations")).body.items,
    profit: await profitOf(doctor),
  });
  return { owner, doctor, purchase, state };
}

/** A notification as Midtrans would sign it. @param {any} purchase @param {Record<string, any>} changes */
function notification(purchase, changes = {}) {
  const said = {
    transaction_id: randomUUID(),
    order_id: purchase.orderId,
    status_code: "200",
    transaction_status: "settlement",
    fraud_status: "accept",
    gross_amount: `${purchase.quote.total}.00`,
    currency: "IDR",
    payment_type: "qris",
    transaction_time: "2026-11-22 15:00:00",
    ...changes,
  };
  return { signature_key: sign(said), ...said };
}

describe("2.12 a forged notification", () => {
  test("with a wrong signature is refused and changes nothing", async () => {
    const { purchase, state } = await purchased();
    await simulate(server, purchase.orderId, "pending");
    const before = await state();
    const honest = notification(purchase);
    for (const signature_key of [
      sign(honest, "SB-Mid-server-somebody-else"),
      "0".repeat(128),
      honest.signature_key.toUpperCase(),
      honest.signature_key.slice(0, 127),
      `${honest.signature_key}0`,
      "x",
    ]) {
      assertProblem(await notify(server, { ...honest, signature_key }), 403, "invalid_signature");
    }
    assert.deepEqual(await state(), before);
  });

  test("with a captured signature and another order, code or amount is refused", async () => {
    const [{ purchase, state }, other] = [await purchased(), await purchased()];
    const captured = notification(purchase);
    const before = [await state(), await other.state()];
    for (const change of [{ order_id: other.purchase.orderId }, { status_code: "201" }, { gross_amount: "1.00" }]) {
      assertProblem(await notify(server, { ...captured, ...change }), 403, "invalid_signature");
    }
    assert.deepEqual([await state(), await other.state()], before);
  });

  test("whose signature is true but whose status is not opens nothing: the gateway's word counts", async () => {
    const { purchase, state } = await purchased();
    const pending = await simulate(server, purchase.orderId, "pending");
    const before = await state();
    // The signature does not cover the status: this is what somebody can make of a captured notification.
    assert.equal((await notify(server, { ...pending, transaction_status: "settlement" })).status, 200);
    assert.equal((await notify(server, { ...pending, transaction_status: "expire" })).status, 200);
    assert.deepEqual(await state(), before);
  });

  test("about an order on whose page nobody has chosen how to pay opens nothing", async () => {
    const { purchase, state } = await purchased();
    const before = await state();
    assert.equal((await notify(server, notification(purchase))).status, 200);
    assert.deepEqual(await state(), before);
  });

  test("of another amount or currency is refused, even when it is signed", async () => {
    const { purchase, state } = await purchased();
    await simulate(server, purchase.orderId, "pending");
    const before = await state();
    for (const change of [
      { gross_amount: "1.00" },
      { gross_amount: "-50625.00" },
      { gross_amount: "banyak" },
      { currency: "USD" },
    ]) {
      assertProblem(await notify(server, notification(purchase, change)), 400, "amount_mismatch");
    }
    assert.deepEqual(await state(), before);
  });

  test("without its fields is refused, and they are named", async () => {
    const answer = await notify(server, {});
    const fields = ["gross_amount", "order_id", "signature_key", "status_code"];
    assert.deepEqual(fieldsOf(assertProblem(answer, 400, "all_fields_required")), fields);
  });
});

describe("2.12 an authentic notification", () => {
  test("is taken again and again and settles once", async () => {
    const { owner, doctor, purchase, state } = await purchased();
    const settled = await simulate(server, purchase.orderId, "settlement");
    const before = await state();
    for (let round = 0; round < 3; round++) assert.equal((await notify(server, settled)).status, 200);
    assert.deepEqual(await state(), before);
    assert.equal(await profitOf(doctor), baseOf(purchase.quote));
    assert.equal((await owner.api.get("/api/conversations")).body.items.length, 1);
  });

  test("that comes twenty times at one moment settles once", async (t) => {
    const gateway = await scriptedGateway(t);
    const { owner, doctor, purchase, said, lonely } = await scriptedPurchase(t, gateway);
    const settled = said({ transaction_status: "settlement", status_code: "200" });
    gateway.statuses.set(purchase.orderId, settled);
    const answers = await Promise.all(Array.from({ length: 20 }, () => notify(lonely, settled)));
    assert.deepEqual(
      answers.map((answer) => answer.status),
      Array(20).fill(200),
    );
    assert.equal((await owner.api.get("/api/conversations")).body.items.length, 1);
    assert.equal(await profitOf(doctor), baseOf(purchase.quote));
  });

  test("that comes late or out of order moves nothing back", async () => {
    const { purchase, state } = await purchased();
    const pending = await simulate(server, purchase.orderId, "pending");
    const settled = await simulate(server, purchase.orderId, "settlement");
    const before = await state();
    for (const old of [pending, settled, pending]) assert.equal((await notify(server, old)).status, 200);
    assert.deepEqual(await state(), before);
    const reversed = await simulate(server, purchase.orderId, "deny");
    const after = await state();
    assert.equal(after.payment.status, "reversed");
    for (const old of [settled, pending, reversed, settled]) assert.equal((await notify(server, old)).status, 200);
    assert.deepEqual(await state(), after);
  });

  test("about an order that is not ours is taken and forgotten", async () => {
    const { purchase, state } = await purchased();
    const before = await state();
    assert.equal((await notify(server, notification({ ...purchase, orderId: "pesanan-lain" }))).status, 200);
    assert.deepEqual(await state(), before);
  });

  test("may hold fields that nobody knows", async () => {
    const { owner, purchase } = await purchased();
    const settled = await simulate(server, purchase.orderId, "settlement");
    const more = { ...settled, new_field: { nested: [1, null] }, settlement_time: null };
    assert.equal((await notify(server, more)).status, 200);
    assert.equal((await paymentOf(owner, purchase)).status, "settled");
  });

  test("needs no origin and no token, and cookies do not harm it", async () => {
    const { purchase } = await purchased();
    const settled = await simulate(server, purchase.orderId, "settlement");
    const sender = server.visitor.with({ "user-agent": "Veritrans" });
    assert.equal((await sender.post("/api/payment/notification", settled)).status, 200);
  });
});

/**
 * A purchase on a server whose gateway says what the test wants.
 * @param {import("node:test").TestContext} t
 * @param {Awaited<ReturnType<typeof scriptedGateway>>} gateway
 * @param {Record<string, string>} [settings]
 */
async function scriptedPurchase(t, gateway, settings = {}) {
  const serverKey = "SB-Mid-server-scripted";
  const keys = { MIDTRANS_SERVER_KEY: serverKey, MIDTRANS_CLIENT_KEY: "SB-Mid-client-scripted" };
  const env = { ...keys, MIDTRANS_BASE_URL: gateway.url, ...settings };
  const lonely = await openServer({ env, people: { pairs: 0, doctors: 2, idle: 2 } }, t);
  const those = peopleOf(lonely);
  const [owner, doctor] = [those.owner(), those.doctor()];
  const purchase = await buy(owner, doctor);
  const said = (/** @type {Record<string, string>} */ changes) => {
    const body = notification(purchase, changes);
    return { ...body, signature_key: sign(/** @type {any} */ (body), serverKey) };
  };
  return { lonely, those, owner, doctor, purchase, said };
}

describe("2.12 a gateway that is not what it should be", () => {
  test("contradicts itself: an older word never moves a newer state", async (t) => {
    const gateway = await scriptedGateway(t);
    const { lonely, owner, doctor, purchase, said } = await scriptedPurchase(t, gateway);
    const hear = async (/** @type {Record<string, string>} */ changes) => {
      const word = said(changes);
      gateway.statuses.set(purchase.orderId, word);
      assert.equal((await notify(lonely, word)).status, 200);
      return (await paymentOf(owner, purchase)).status;
    };
    const [paid, waiting] = [
      { transaction_status: "settlement", status_code: "200" },
      { transaction_status: "pending", status_code: "201" },
    ];
    assert.equal(await hear(paid), "settled");
    assert.equal(await hear(waiting), "settled", "pending after settlement is old news");
    assert.equal(await hear({ transaction_status: "expire", status_code: "407" }), "settled");
    assert.equal(await profitOf(doctor), baseOf(purchase.quote));
    assert.equal(
      await hear({ transaction_status: "refund", status_code: "200", refund_amount: `${purchase.quote.total}.00` }),
      "refunded",
    );
    assert.equal(await hear(paid), "refunded", "settlement after the refund is old news");
    assert.equal(await hear(waiting), "refunded");
    assert.equal(await profitOf(doctor), 0);
    assert.equal((await owner.conversation()).status, "ended");
  });

  test("says settlement under fraud review, and says words nobody knows: nothing opens", async (t) => {
    const gateway = await scriptedGateway(t);
    const { lonely, owner, purchase, said } = await scriptedPurchase(t, gateway);
    for (const changes of /** @type {Record<string, string>[]} */ ([
      { transaction_status: "capture", fraud_status: "challenge", status_code: "201" },
      { transaction_status: "authorize", status_code: "200" },
      { transaction_status: "PENDING", status_code: "200" },
      { transaction_status: "something_new", status_code: "200" },
      { transaction_status: "", status_code: "200" },
    ])) {
      const word = said(changes);
      gateway.statuses.set(purchase.orderId, word);
      assert.equal((await notify(lonely, word)).status, 200, JSON.stringify(changes));
      assert.equal((await paymentOf(owner, purchase)).status, "pending", JSON.stringify(changes));
    }
    gateway.statuses.set(purchase.orderId, said({ transaction_status: "capture", status_code: "200" }));
    assert.equal((await notify(lonely, said({ transaction_status: "capture", status_code: "200" }))).status, 200);
    assert.equal((await paymentOf(owner, purchase)).status, "settled");
  });

  test("names another amount than the order's: nothing opens, whatever the notification said", async (t) => {
    const gateway = await scriptedGateway(t);
    const { lonely, owner, purchase, said } = await scriptedPurchase(t, gateway);
    gateway.statuses.set(purchase.orderId, said({ gross_amount: "1.00" }));
    const answer = await notify(lonely, said({}));
    assert.ok(answer.status >= 400, "the gateway must be made to come back");
    assert.equal((await paymentOf(owner, purchase)).status, "pending");
    assert.equal(await owner.conversation(), undefined);
  });

  test("does not answer: the notification is asked to come back, and a purchase is refused without harm", async (t) => {
    const gateway = await scriptedGateway(t);
    const { lonely, those, owner, doctor, purchase, said } = await scriptedPurchase(t, gateway);
    gateway.isDown = true;
    assertProblem(await notify(lonely, said({})), 503, "payment_gateway_unavailable");
    assert.equal((await paymentOf(owner, purchase)).status, "pending");
    const other = those.owner();
    const answer = await other.api.post("/api/payment/consulting", { id: doctor.id });
    assertProblem(answer, 503, "payment_gateway_unavailable");
    assert.ok(Number(answer.headers.get("retry-after")) > 0);
    gateway.isDown = false;
    assert.equal((await other.api.post("/api/payment/consulting", { id: doctor.id })).status, 201);
    assert.equal((await other.api.get("/api/consultations")).body.items.length, 1);
  });

  test("loses a notification: the regular look-up finds the settlement", async (t) => {
    const gateway = await scriptedGateway(t);
    const { owner, purchase, said } = await scriptedPurchase(t, gateway, { RECONCILE_SECONDS: "1" });
    gateway.statuses.set(purchase.orderId, said({}));
    await paymentBecomes(owner, purchase, "settled");
    assert.equal((await owner.conversation()).status, "active");
  });
});
