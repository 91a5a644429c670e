// One purchase from the button to its end, by somebody who asks again whenever no answer comes.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { SERVER_KEY } from "../../support/payments.js";
import { pause } from "./pause.js";

const PATIENCE_MS = 60_000;
const BETWEEN_TRIES_MS = 50;

/** What our payment says when the gateway says this. @type {Record<string, string[]>} */
const SAME = {
  pending: ["pending", "cancelled"],
  settlement: ["settled"],
  capture: ["settled"],
  refund: ["refunded"],
  partial_refund: ["partially_refunded"],
  cancel: ["cancelled", "refunded", "reversed"],
  deny: ["denied", "cancelled", "reversed"],
  expire: ["expired", "cancelled"],
};

/** @type {readonly string[]} */
const WAYS = ["qris", "gopay", "bank_transfer", "shopeepay", "credit_card", "dana"];
const ACTS = /** @type {const} */ (["wait", "cancel", "endAsOwner", "endAsDoctor", "answer", "answerAndEnd", "sumUp"]);

/**
 * @typedef {object} Fate
 * @property {Record<string, unknown>[]} before what the customer does at the gateway
 * @property {typeof ACTS[number]} act what the two then do
 * @property {Record<string, unknown>[]} after what the bank does
 */

/** @param {import("./random.js").Random} random @returns {Fate} */
export function fateOf(random) {
  const payment_type = random.pick(WAYS);
  const isCard = payment_type === "credit_card";
  const before = isCard && random.below(3) === 0 ? [{ outcome: "deny", payment_type }] : [];
  if (random.below(8) > 0) {
    before.push({ outcome: "settlement", payment_type, ...random.pick([{}, {}, { notify: false }, { times: 3 }]) });
  }
  const after = random.pick([[], [], [{ outcome: "refund", amount: 10_000 }], [{ outcome: "refund" }]]);
  return { before, act: random.pick(ACTS), after };
}

export class Customer {
  /** @type {any} */
  purchase;

  /**
   * @param {import("../../support/people.js").Person} owner
   * @param {import("../../support/people.js").Person} doctor
   */
  constructor(owner, doctor) {
    this.owner = owner;
    this.doctor = doctor;
  }

  /** @param {Fate} fate */
  async live({ before, act, after }) {
    const bought = await this.#post("/api/payment/consulting", { id: this.doctor.id });
    assert.equal(bought.status, 201, bought.text);
    this.purchase = bought.body;
    for (const wish of before) await this.#simulate(wish);
    await this.#refresh();
    const { body: seen } = await this.#ask(() => this.owner.api.get(this.#consultation));
    await this.#act(act, seen.conversationId);
    for (const wish of after) await this.#simulate(wish);
  }

  /** The gateway and we agree on what became of the money. */
  async compareWithGateway() {
    const { orderId } = this.purchase;
    const { body: payment } = await this.#refresh();
    const { body: status } = await this.#ask(() => this.#merchant.get(`/sandbox/midtrans/v2/${orderId}/status`));
    // Nothing is known there of a page on which nothing was chosen; some know their own name for it alone (DANA).
    if (status.status_code === "404") return;
    const same = SAME[status.transaction_status] ?? [];
    assert.ok(same.includes(payment.status), `${orderId}: ${payment.status} here, ${status.transaction_status} there`);
  }

  /** Who asks the gateway as we do. */
  get #merchant() {
    const key = Buffer.from(`${SERVER_KEY}:`).toString("base64");
    return this.owner.server.visitor.with({ authorization: `Basic ${key}` });
  }

  get #consultation() {
    return `/api/consultations/${this.purchase.consultationId}`;
  }

  /** @param {Fate["act"]} act @param {string | null} conversation */
  async #act(act, conversation) {
    if (act === "cancel") return void (await this.#post(`${this.#consultation}/cancel`, {}));
    if (!conversation || act === "wait") return;
    const end = `/api/messages/end/${conversation}`;
    if (act === "endAsOwner") return void (await this.#ask(() => this.owner.api.patch(end)));
    if (act === "endAsDoctor") return void (await this.#ask(() => this.doctor.api.patch(end)));
    const said = { senderId: this.doctor.id, receiverId: this.owner.id, message: "Halo", clientId: randomUUID() };
    await this.#ask(() => this.doctor.api.post(`/api/messages/send/${this.owner.id}`, said));
    if (act === "answerAndEnd") await this.#ask(() => this.owner.api.patch(end));
    if (act === "sumUp") await this.#sumUp();
  }

  async #sumUp() {
    const words = { complaint: "a", findings: "b", advice: "c", nextStep: "d" };
    await this.#ask(() => this.doctor.api.request("PUT", `${this.#consultation}/record`, words));
    await this.#post(`${this.#consultation}/record/finish`, {}, this.doctor);
  }

  #refresh() {
    return this.#post(`/api/payment/${this.purchase.transactionId}/refresh`, {});
  }

  /** @param {Record<string, unknown>} wish */
  #simulate(wish) {
    return this.#ask(() => this.owner.server.visitor.post(`/sandbox/midtrans/simulate/${this.purchase.orderId}`, wish));
  }

  /**
   * The same key each time: a deed whose answer was lost is not done twice.
   * @param {string} path
   * @param {any} body
   */
  #post(path, body, by = this.owner) {
    const headers = { "idempotency-key": randomUUID() };
    return this.#ask(() => by.api.post(path, body, { headers }));
  }

  /**
   * @param {() => Promise<import("../../support/client.js").Answer>} request
   * @returns {Promise<import("../../support/client.js").Answer>}
   */
  async #ask(request) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await request().catch((error) => {
        if (!/got no answer/.test(error.message) || Date.now() > deadline) throw error;
      });
      if (answer && (!isToComeAgain(answer) || Date.now() > deadline)) return answer;
      await pause(BETWEEN_TRIES_MS);
    }
  }
}

/** The server says that it starts, or that it still works on the request whose answer was lost. @param {any} answer */
function isToComeAgain({ status, body }) {
  return status === 503 || body?.code === "idempotency_key_in_use";
}
