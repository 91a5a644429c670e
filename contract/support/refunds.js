// What cannot go back by itself, and what the staff does about it.

import assert from "node:assert/strict";

import { buyAndPay } from "./payments.js";

const PATIENCE_MS = 10_000;

/**
 * Asks until a refund of this payment waits for somebody: the gateway is told in the background.
 * @param {import("./people.js").Person} admin
 * @param {string} transactionId
 */
export async function waitingRefund(admin, transactionId) {
  const deadline = Date.now() + PATIENCE_MS;
  const ask = async () => {
    const { body } = await admin.api.get("/api/admin/refunds", { query: { limit: 100 } });
    return body.items.find((/** @type {any} */ each) => each.transactionId === transactionId);
  };
  let found = await ask();
  while (!found && Date.now() < deadline) found = await ask();
  assert.ok(found, "the refund is on the staff's list");
  return found;
}

/**
 * An owner who has paid by transfer, which the gateway cannot send back, gives up before the vet has written.
 * @param {{ owner: import("./people.js").Person, doctor: import("./people.js").Person, admin: import("./people.js").Person }} who
 */
export async function owedByHand({ owner, doctor, admin }) {
  const { purchase, conversationId } = await buyAndPay(owner, doctor);
  await owner.api.patch(`/api/messages/end/${conversationId}`);
  return { purchase, refund: await waitingRefund(admin, purchase.transactionId) };
}

/**
 * Every call of the staff about money that has to go back, once.
 * @param {{ owner: import("./people.js").Person, doctor: import("./people.js").Person, admin: import("./people.js").Person }} who
 */
export async function payOutByHand(who) {
  const { purchase, refund } = await owedByHand(who);
  await who.admin.api.get("/api/admin/gateway-reports");
  await who.admin.api.post(`/api/admin/refunds/${refund.id}/retry`);
  const again = await waitingRefund(who.admin, purchase.transactionId);
  await who.admin.api.post(`/api/admin/refunds/${again.id}/paid-out`, { reference: "BCA 0001" });
}
