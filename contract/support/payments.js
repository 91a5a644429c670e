// Buying, and what the customer or the bank then does. The gateway is the server's own stand-in, spoken to by the
// official midtrans-client.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import midtrans from "midtrans-client";
import addresses from "midtrans-client/lib/apiConfig.js";

/** Fixed and documented (contract 3.1). */
export const SERVER_KEY = "SB-Mid-server-hellopet-local";
export const CLIENT_KEY = "SB-Mid-client-hellopet-local";

const PATIENCE_MS = 10_000;

/** @typedef {"settlement" | "pending" | "deny" | "cancel" | "expire" | "refund"} Outcome */

/**
 * The official client, pointed at the stand-in of this server (midtrans.md 7).
 * @param {import("./server.js").Server} server
 * @param {string} [serverKey]
 */
export function officialClient(server, serverKey = SERVER_KEY) {
  addresses.CORE_SANDBOX_BASE_URL = `${server.url}/sandbox/midtrans`;
  addresses.SNAP_SANDBOX_BASE_URL = `${server.url}/sandbox/midtrans/snap/v1`;
  return new midtrans.Snap({ isProduction: false, serverKey, clientKey: CLIENT_KEY });
}

/**
 * An owner presses the button on a doctor's page.
 * @param {import("./people.js").Person} owner
 * @param {import("./people.js").Person} doctor
 */
export async function buy(owner, doctor) {
  const answer = await owner.api.post("/api/payment/consulting", { id: doctor.id });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/**
 * Lets something happen to a payment and waits until the platform has heard of it.
 * @param {import("./server.js").Server} server
 * @param {string} orderId
 * @param {Outcome} outcome
 * @param {{ amount?: number, payment_type?: string }} [details]
 */
export async function simulate(server, orderId, outcome, details = {}) {
  const answer = await server.visitor.post(`/sandbox/midtrans/simulate/${orderId}`, { outcome, ...details });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.platformStatus, 200, answer.text);
  return answer.body.notification;
}

/**
 * A consultation bought and paid, with its open conversation.
 * @param {import("./people.js").Person} owner
 * @param {import("./people.js").Person} doctor
 */
export async function buyAndPay(owner, doctor) {
  const purchase = await buy(owner, doctor);
  await simulate(owner.server, purchase.orderId, "settlement");
  const payment = await paymentOf(owner, purchase);
  assert.equal(payment.status, "settled");
  return { purchase, payment, conversationId: payment.conversationId };
}

/** @param {import("./people.js").Person} owner @param {any} purchase */
export async function paymentOf(owner, purchase) {
  const answer = await owner.api.get(`/api/payment/${purchase.transactionId}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/**
 * Asks until the payment has this status: what the gateway does by itself it tells in the background.
 * @param {import("./people.js").Person} owner
 * @param {any} purchase
 * @param {string} status
 */
export async function paymentBecomes(owner, purchase, status) {
  const deadline = Date.now() + PATIENCE_MS;
  let payment = await paymentOf(owner, purchase);
  while (payment.status !== status && Date.now() < deadline) payment = await paymentOf(owner, purchase);
  assert.equal(payment.status, status);
  return payment;
}

/** The consultation of a purchase. @param {import("./people.js").Person} person @param {any} purchase */
export async function consultationOf(person, purchase) {
  const list = await person.api.get("/api/consultations");
  return list.body.items.find((/** @type {any} */ each) => each.id === purchase.consultationId);
}

/** What a doctor has earned this year, in all. @param {import("./people.js").Person} doctor @returns {Promise<number>} */
export async function profitOf(doctor) {
  const answer = await doctor.api.get(`/api/statistic/profit/monthly/${doctor.id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.data.reduce((/** @type {number} */ sum, /** @type {any} */ month) => sum + month.profit, 0);
}

/** The doctor's own share of a quote. @param {any} quote @returns {number} */
export function baseOf(quote) {
  return quote.lines.find((/** @type {any} */ line) => line.kind === "base").amount;
}

/**
 * The gateway's signature of a notification.
 * @param {{ order_id: string, status_code: string, gross_amount: string }} notification
 * @param {string} [serverKey]
 */
export function sign({ order_id, status_code, gross_amount }, serverKey = SERVER_KEY) {
  return createHash("sha512").update(`${order_id}${status_code}${gross_amount}${serverKey}`).digest("hex");
}

/** @param {import("./server.js").Server} server @param {any} notification */
export function notify(server, notification) {
  return server.visitor.post("/api/payment/notification", notification);
}
