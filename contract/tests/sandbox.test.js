// Contract 3.1: the local Midtrans, driven by the official midtrans-client, and what the platform makes of each outcome.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import {
  baseOf,
  buy,
  buyAndPay,
  consultationOf,
  officialClient,
  paymentBecomes,
  paymentOf,
  profitOf,
  sign,
  simulate,
} from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);
const midtrans = officialClient(server);

/** An owner, a doctor and an open purchase. */
async function purchased() {
  const [owner, doctor] = [people.owner(), people.doctor()];
  return { owner, doctor, purchase: await buy(owner, doctor) };
}

/** The same, paid by a method that can be refunded. */
async function paid() {
  const { owner, doctor, purchase } = await purchased();
  await simulate(server, purchase.orderId, "settlement", { payment_type: "qris" });
  return { owner, doctor, purchase, total: purchase.quote.total };
}

/**
 * Waits until the platform has heard of what the gateway did: the gateway tells in the background, the device hears it.
 * @param {import("../support/sockets.js").Device} device
 */
const conversationEnded = (device) => device.next("conversationEnded");

/** @param {number} amount */
const order = (amount) => ({
  transaction_details: { order_id: `contract-${randomUUID()}`.slice(0, 50), gross_amount: amount },
  item_details: [{ id: "consultation", name: "Konsultasi", price: amount, quantity: 1 }],
});

describe("Snap through midtrans-client", () => {
  test("createTransaction answers a token and its page", async () => {
    const created = await midtrans.createTransaction(order(50_625));
    assert.match(created.token, /^[0-9a-f-]{36}$/);
    const page = await fetch(created.redirect_url);
    assert.equal(page.status, 200);
    assert.equal(page.headers.get("x-simulated"), "midtrans", "the page must say that it is a simulation");
  });

  test("an order_id can be used once", async () => {
    const parameters = order(10_000);
    await midtrans.createTransaction(parameters);
    const refusal = await midtrans.createTransaction(parameters).catch((error) => error);
    assert.equal(Number(refusal.httpStatusCode), 400);
    assert.ok(refusal.ApiResponse.error_messages.length > 0);
  });

  test("items that do not add up, and amounts that are none, are refused", async () => {
    for (const change of [
      { gross_amount: 9_999 },
      { gross_amount: 0 },
      { gross_amount: 10_000.5 },
      { gross_amount: "satu" },
      { order_id: "spasi tidak boleh" },
    ]) {
      const parameters = order(10_000);
      Object.assign(parameters.transaction_details, change);
      const refusal = await midtrans.createTransaction(parameters).catch((error) => error);
      assert.equal(Number(refusal.httpStatusCode), 400, JSON.stringify(change));
    }
  });

  test("another key is refused", async () => {
    const stranger = officialClient(server, "SB-Mid-server-somebody-else");
    assert.equal(Number((await stranger.createTransaction(order(1_000)).catch((error) => error)).httpStatusCode), 401);
    const { purchase } = await purchased();
    await simulate(server, purchase.orderId, "pending");
    for (const call of /** @type {const} */ (["status", "cancel", "expire", "refund"])) {
      const refusal = await stranger.transaction[call](purchase.orderId).catch((error) => error);
      assert.equal(Number(refusal.httpStatusCode), 401, call);
    }
  });
});

describe("the Core API through midtrans-client", () => {
  test("status is 404 until the customer has chosen how to pay", async () => {
    const { purchase } = await purchased();
    const refusal = await midtrans.transaction.status(purchase.orderId).catch((error) => error);
    assert.equal(Number(refusal.httpStatusCode), 404);
    await simulate(server, purchase.orderId, "pending");
    const status = await midtrans.transaction.status(purchase.orderId);
    assert.equal(status.transaction_status, "pending");
    assert.equal(status.status_code, "201");
  });

  test("status answers strings only, signed, by order id and by transaction id", async () => {
    const { purchase, total } = await paid();
    const status = await midtrans.transaction.status(purchase.orderId);
    assert.deepEqual(
      [status.order_id, status.transaction_status, status.status_code, status.gross_amount, status.currency],
      [purchase.orderId, "settlement", "200", `${total}.00`, "IDR"],
    );
    assert.equal(status.signature_key, sign(status));
    const byTransaction = await midtrans.transaction.status(status.transaction_id);
    assert.equal(byTransaction.order_id, purchase.orderId);
    const told = await midtrans.transaction.notification({ transaction_id: status.transaction_id });
    assert.equal(told.transaction_status, "settlement");
  });

  test("cancel calls a pending payment off, and the platform hears of it", async () => {
    const { owner, purchase } = await purchased();
    await simulate(server, purchase.orderId, "pending");
    const answer = await midtrans.transaction.cancel(purchase.orderId);
    assert.deepEqual([answer.status_code, answer.transaction_status], ["200", "cancel"]);
    await paymentBecomes(owner, purchase, "cancelled");
  });

  test("expire answers Midtrans' 407, and the platform hears of it", async () => {
    const { owner, purchase } = await purchased();
    await simulate(server, purchase.orderId, "pending");
    const answer = await midtrans.transaction.expire(purchase.orderId);
    assert.deepEqual([answer.status_code, answer.transaction_status], ["407", "expire"]);
    await paymentBecomes(owner, purchase, "expired");
  });

  test("what has settled cannot be cancelled or expired", async () => {
    const { owner, purchase } = await paid();
    for (const call of /** @type {const} */ (["cancel", "expire"])) {
      const refusal = await midtrans.transaction[call](purchase.orderId).catch((error) => error);
      assert.equal(Number(refusal.httpStatusCode), 412, call);
    }
    assert.equal((await paymentOf(owner, purchase)).status, "settled");
  });

  test("a full refund closes the conversation and takes the doctor's share back", async (t) => {
    const { owner, doctor, purchase, total } = await paid();
    const device = await connect(t, owner, "websocket");
    assert.equal(await profitOf(doctor), baseOf(purchase.quote));
    const answer = await midtrans.transaction.refund(purchase.orderId, { refund_key: randomUUID(), amount: total });
    assert.deepEqual([answer.status_code, answer.transaction_status], ["200", "refund"]);
    await conversationEnded(device);
    const payment = await paymentOf(owner, purchase);
    assert.deepEqual([payment.status, payment.refundedAmount], ["refunded", total]);
    assert.equal((await consultationOf(owner, purchase)).status, "cancelled");
    assert.equal(await profitOf(doctor), 0);
  });

  test("refunds in parts keep the conversation open until all is back", async (t) => {
    const { owner, doctor, purchase, total } = await paid();
    const device = await connect(t, owner, "websocket");
    const [first, rest] = [Math.floor(total / 3), total - Math.floor(total / 3)];
    await simulate(server, purchase.orderId, "refund", { amount: first });
    const partly = await paymentOf(owner, purchase);
    assert.deepEqual([partly.status, partly.refundedAmount], ["partially_refunded", first]);
    assert.equal((await owner.conversation()).status, "active");
    const left = await profitOf(doctor);
    assert.ok(left > 0 && left < baseOf(purchase.quote), "the doctor gives back a proportional part");
    await simulate(server, purchase.orderId, "refund", { amount: rest });
    await conversationEnded(device);
    assert.equal((await paymentOf(owner, purchase)).status, "refunded");
    assert.equal(await profitOf(doctor), 0);
  });

  test("more than was paid is not refunded, nor a transfer by the API, nor one refund_key twice", async () => {
    const { owner, doctor, purchase, total } = await paid();
    const ask = (/** @type {any} */ wish) =>
      midtrans.transaction.refund(purchase.orderId, wish).catch((error) => error);
    assert.equal(Number((await ask({ refund_key: "a", amount: total + 1 })).httpStatusCode), 414);
    assert.equal((await ask({ refund_key: "b", amount: 1_000 })).status_code, "200");
    assert.equal(Number((await ask({ refund_key: "b", amount: 1_000 })).httpStatusCode), 406);
    await paymentBecomes(owner, purchase, "partially_refunded");
    const transfer = await buyAndPay(people.owner(), people.doctor());
    const refusal = await midtrans.transaction
      .refund(transfer.purchase.orderId, { amount: 1_000 })
      .catch((error) => error);
    assert.equal(Number(refusal.httpStatusCode), 412);
    assert.ok((await profitOf(doctor)) > 0);
  });
});

describe("what the platform makes of an outcome", () => {
  test("settlement opens the conversation", async () => {
    const { owner, doctor, purchase } = await purchased();
    const notification = await simulate(server, purchase.orderId, "settlement");
    assert.equal(notification.transaction_status, "settlement");
    assert.equal(notification.signature_key, sign(notification));
    assert.equal((await paymentOf(owner, purchase)).status, "settled");
    assert.equal((await consultationOf(owner, purchase)).status, "active");
    assert.equal((await owner.say(doctor, "halo dok")).seq, 1);
  });

  test("pending opens nothing", async () => {
    const { owner, doctor, purchase } = await purchased();
    await simulate(server, purchase.orderId, "pending");
    assert.equal((await paymentOf(owner, purchase)).status, "pending");
    assert.equal(await owner.conversation(), undefined);
    const body = { senderId: owner.id, receiverId: doctor.id, message: "belum bayar" };
    assertProblem(await owner.api.post(`/api/messages/send/${doctor.id}`, body), 403, "no_active_conversation");
    assert.equal(await profitOf(doctor), 0);
  });

  for (const [outcome, status, consultationStatus] of /** @type {const} */ ([
    ["deny", "denied", "cancelled"],
    ["cancel", "cancelled", "cancelled"],
    ["expire", "expired", "expired"],
  ])) {
    test(`${outcome} ends the attempt and opens nothing`, async () => {
      const { owner, doctor, purchase } = await purchased();
      await simulate(server, purchase.orderId, outcome);
      assert.equal((await paymentOf(owner, purchase)).status, status);
      assert.equal((await consultationOf(owner, purchase)).status, consultationStatus);
      assert.equal(await owner.conversation(), undefined);
      assert.equal(await profitOf(doctor), 0);
    });
  }

  test("a deny after the settlement reverses it: conversation closed, share taken back", async (t) => {
    const { owner, doctor, purchase } = await paid();
    const device = await connect(t, doctor, "websocket");
    await simulate(server, purchase.orderId, "deny");
    await conversationEnded(device);
    assert.equal((await paymentOf(owner, purchase)).status, "reversed");
    assert.equal((await owner.conversation()).status, "ended");
    assert.equal((await consultationOf(owner, purchase)).status, "cancelled");
    assert.equal(await profitOf(doctor), 0);
    const body = { senderId: owner.id, receiverId: doctor.id, message: "gratis?" };
    assertProblem(await owner.api.post(`/api/messages/send/${doctor.id}`, body), 403, "no_active_conversation");
  });

  test("a refused card that is tried again and paid opens the conversation", async () => {
    const { owner, doctor, purchase } = await purchased();
    await simulate(server, purchase.orderId, "deny", { payment_type: "credit_card" });
    assert.equal((await paymentOf(owner, purchase)).status, "denied");
    await simulate(server, purchase.orderId, "settlement", { payment_type: "credit_card" });
    assert.equal((await paymentOf(owner, purchase)).status, "settled");
    assert.equal((await owner.conversation()).status, "active");
    assert.equal(await profitOf(doctor), baseOf(purchase.quote));
  });

  test("a second payment for two who talk already opens nothing more and is nobody's profit", async () => {
    const { owner, doctor, purchase: first } = await purchased();
    await simulate(server, first.orderId, "deny", { payment_type: "credit_card" });
    const second = await buy(owner, doctor);
    await simulate(server, second.orderId, "settlement");
    // The customer tries the refused card once more on the first page, and now it works.
    await simulate(server, first.orderId, "settlement", { payment_type: "credit_card" });
    // The money has come, and goes back by itself.
    const { refundedAmount } = await paymentBecomes(owner, first, "refunded");
    assert.equal(refundedAmount, first.quote.total);
    assert.equal((await owner.api.get("/api/conversations")).body.items.length, 1);
    assert.equal(await profitOf(doctor), baseOf(second.quote), "what was never earned is not taken back");
    assert.equal((await owner.conversation()).status, "active");
  });

  test("a refund of a consultation that was given takes the money back and leaves it ended", async () => {
    const { owner, doctor, purchase } = await paid();
    const { id } = await owner.conversation();
    await doctor.say(owner, "halo");
    await owner.api.patch(`/api/messages/end/${id}`);
    await simulate(server, purchase.orderId, "refund");
    assert.equal((await paymentOf(owner, purchase)).status, "refunded");
    assert.equal((await consultationOf(owner, purchase)).status, "ended");
    assert.equal(await profitOf(doctor), 0);
  });

  test("an outcome that cannot be is refused and changes nothing", async () => {
    const { owner, purchase } = await paid();
    const path = `/sandbox/midtrans/simulate/${purchase.orderId}`;
    for (const outcome of ["settlement", "pending", "cancel", "expire", "meledak"]) {
      const answer = await server.visitor.post(path, { outcome });
      assert.ok(answer.status >= 400 && answer.status < 500, outcome);
    }
    assert.equal(
      (await server.visitor.post("/sandbox/midtrans/simulate/tidak-ada", { outcome: "settlement" })).status,
      404,
    );
    assert.equal((await paymentOf(owner, purchase)).status, "settled");
  });
});

test("with keys of the real Midtrans the stand-in is gone", async (t) => {
  const env = { MIDTRANS_SERVER_KEY: "SB-Mid-server-x", MIDTRANS_CLIENT_KEY: "SB-Mid-client-x" };
  const real = await openServer({ env, people: null }, t);
  for (const path of ["/sandbox/midtrans/snap/snap.js", "/sandbox/midtrans/v2/x/status"]) {
    assert.equal((await real.visitor.get(path)).status, 404, path);
  }
  const { body } = await real.visitor.get("/api/app-config");
  assert.equal(body.simulatedPayments, false);
  assert.equal(body.paymentClientKey, "SB-Mid-client-x");
});
