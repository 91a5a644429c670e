// Money that the gateway cannot send back: the staff sees it and says how it was transferred.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { peopleOf } from "../support/people.js";
import { assertProblem } from "../support/problems.js";
import { owedByHand, waitingRefund } from "../support/refunds.js";
import { openServer } from "../support/server.js";

const server = await openServer();
const people = peopleOf(server);
const admin = await people.admin();
const owed = () => owedByHand({ owner: people.owner(), doctor: people.doctor(), admin });

describe("a refund by hand", () => {
  test("waits for somebody, with whose it is and how much", async () => {
    const { purchase, refund } = await owed();
    const { status, amount, orderId, closedAt } = refund;
    assert.deepEqual([status, amount, orderId], ["manual", purchase.quote.total, purchase.orderId]);
    assert.equal(closedAt, null);
  });

  test("is paid out once, and the same key hears the same", async () => {
    const { refund } = await owed();
    const path = `/api/admin/refunds/${refund.id}/paid-out`;
    const once = { headers: { "idempotency-key": randomUUID() } };
    const body = { reference: "BCA 0042" };
    const first = await admin.api.request("POST", path, body, once);
    assert.equal(first.status, 200, first.text);
    assert.deepEqual([first.body.status, first.body.note], ["paid_out", body.reference]);
    assert.ok(first.body.closedAt);
    assert.deepEqual((await admin.api.request("POST", path, body, once)).body, first.body);
    assert.equal((await admin.api.post(path, body)).status, 409);
    const { body: list } = await admin.api.get("/api/admin/refunds", { query: { limit: 100 } });
    assert.ok(!list.items.some((/** @type {any} */ each) => each.id === refund.id), "it waits for nobody any more");
  });

  test("may be tried at the gateway once more, and comes back to the list", async () => {
    const { purchase, refund } = await owed();
    const answer = await admin.api.post(`/api/admin/refunds/${refund.id}/retry`);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.status, "requested");
    const again = await waitingRefund(admin, purchase.transactionId);
    assert.deepEqual([again.id, again.status], [refund.id, "manual"]);
  });

  test("needs a reference, and is for the staff", async () => {
    const { refund } = await owed();
    const path = `/api/admin/refunds/${refund.id}/paid-out`;
    assertProblem(await admin.api.post(path, { reference: " " }), 400, "all_fields_required");
    for (const person of [people.owner(), people.doctor()]) {
      assert.equal((await person.api.post(path, { reference: "BCA" })).status, 403);
      assert.equal((await person.api.get("/api/admin/refunds")).status, 403);
      assert.equal((await person.api.get("/api/admin/gateway-reports")).status, 403);
    }
  });
});
