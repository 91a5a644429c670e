// Contract 1: a doctor's figures by month. 2.5 and 2.6.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { baseOf, buy, buyAndPay, profitOf, simulate } from "../support/payments.js";
import { Person, peopleOf, signIn } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";

const server = await openServer();
const people = peopleOf(server);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @param {import("../support/people.js").Person} caller @param {string} what @param {string} doctorId @param {any} [query] */
function figures(caller, what, doctorId, query) {
  return caller.api.get(`/api/statistic/${what}/monthly/${doctorId}`, { query });
}

/** Year and month (from 0) of a moment where the business is. @param {string | number} moment */
function inJakarta(moment) {
  const parts = new Intl.DateTimeFormat("en", { timeZone: "Asia/Jakarta", year: "numeric", month: "numeric" });
  const [month, year] = parts.format(new Date(moment)).split("/").map(Number);
  return { year: Number(year), month: Number(month) - 1 };
}

/** Twelve zeros, but for one month. @param {number} month @param {number} value */
const only = (month, value) => MONTHS.map((_, index) => (index === month ? value : 0));

describe("the shapes", () => {
  test("conversations: labels, twelve counts, the year", async () => {
    const doctor = people.doctor();
    const { year } = inJakarta(Date.now());
    const { status, body } = await figures(doctor, "conversations", doctor.id);
    assert.equal(status, 200);
    assert.deepEqual(body, { labels: MONTHS, data: Array(12).fill(0), year });
  });

  test("profit: twelve months with their names, the year", async () => {
    const doctor = people.doctor();
    const { year } = inJakarta(Date.now());
    const { body } = await figures(doctor, "profit", doctor.id);
    assert.deepEqual(body, { success: true, data: MONTHS.map((month) => ({ month, profit: 0 })), year });
  });

  test("another year is another sheet", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    await buyAndPay(owner, doctor);
    const { year } = inJakarta(Date.now());
    for (const other of [year - 1, year + 1]) {
      const counts = await figures(doctor, "conversations", doctor.id, { year: other });
      assert.deepEqual(counts.body, { labels: MONTHS, data: Array(12).fill(0), year: other });
      const profits = await figures(doctor, "profit", doctor.id, { year: other });
      assert.equal(profits.body.year, other);
      assert.ok(profits.body.data.every((/** @type {any} */ each) => each.profit === 0));
    }
  });

  test("a year that is none is refused", async () => {
    const doctor = people.doctor();
    for (const what of ["conversations", "profit"]) {
      for (const year of ["", "duaribu", "20266", "-1", "2026.5", "999999999999"]) {
        const answer = await figures(doctor, what, doctor.id, { year });
        assert.deepEqual(fieldsOf(assertProblem(answer, 422, "validation_failed")), ["year"], year);
      }
    }
  });
});

describe("2.5 profit counts what settled, less what was refunded, and the doctor's own share", () => {
  test("pending, denied, cancelled and expired payments are no profit", async () => {
    const doctor = people.doctor();
    await buy(people.owner(), doctor);
    for (const outcome of /** @type {const} */ (["pending", "deny", "cancel", "expire"])) {
      const { orderId } = await buy(people.owner(), doctor);
      await simulate(server, orderId, outcome);
    }
    assert.equal(await profitOf(doctor), 0);
    const { body } = await figures(doctor, "conversations", doctor.id);
    assert.deepEqual(body.data, Array(12).fill(0), "what was never paid is no conversation");
  });

  test("settled ones count with the doctor's share, in the month of Jakarta", async () => {
    const doctor = people.doctor();
    const [one, other] = [await buyAndPay(people.owner(), doctor), await buyAndPay(people.owner(), doctor)];
    const share = baseOf(one.purchase.quote);
    assert.ok(share < one.purchase.quote.total);
    const { month } = inJakarta(other.payment.settledAt);
    const profits = (await figures(doctor, "profit", doctor.id)).body.data.map(
      (/** @type {any} */ each) => each.profit,
    );
    assert.deepEqual(profits, only(month, 2 * share));
    assert.deepEqual((await figures(doctor, "conversations", doctor.id)).body.data, only(month, 2));
  });

  test("refunds and reversals are taken off again", async () => {
    const doctor = people.doctor();
    const kept = await buyAndPay(people.owner(), doctor);
    const share = baseOf(kept.purchase.quote);
    for (const outcome of /** @type {const} */ (["refund", "deny"])) {
      const { purchase } = await buyAndPay(people.owner(), doctor);
      assert.equal(await profitOf(doctor), 2 * share);
      await simulate(server, purchase.orderId, outcome);
      assert.equal(await profitOf(doctor), share);
    }
  });

  test("a year of history adds up month by month in Jakarta's time, to the last of December", async (t) => {
    const demo = await openServer({ people: null, args: ["--demo"] }, t);
    const { user, token } = (await signIn(demo, "dokter@hellopet.test", "hellopet-demo")).body.data;
    const doctor = new Person(demo, { ...user, role: user.roles, password: "", token });
    /** @type {Map<number, { counts: number[], profits: number[] }>} */
    const expected = new Map();
    let cursor;
    do {
      const { body } = /** @type {any} */ (
        await doctor.api.get("/api/consultations", { query: { limit: 100, cursor } })
      );
      for (const consultation of body.items) {
        const { year, month } = inJakarta(consultation.startedAt);
        const sheet = expected.get(year) ?? { counts: only(0, 0), profits: only(0, 0) };
        sheet.counts[month] = (sheet.counts[month] ?? 0) + 1;
        sheet.profits[month] = (sheet.profits[month] ?? 0) + baseOf(consultation.quote);
        expected.set(year, sheet);
      }
      cursor = body.nextCursor;
    } while (cursor);
    assert.ok(expected.size > 0, "the demo has no history");
    for (const [year, { counts, profits }] of expected) {
      assert.deepEqual((await figures(doctor, "conversations", doctor.id, { year })).body.data, counts);
      const { data } = (await figures(doctor, "profit", doctor.id, { year })).body;
      assert.deepEqual(
        data.map((/** @type {any} */ each) => each.profit),
        profits,
      );
    }
  });
});

describe("2.6 whose figures somebody may see", () => {
  for (const what of ["conversations", "profit"]) {
    test(`${what}: a doctor's own, an admin anybody's, nobody else any`, async () => {
      const [owner, doctor, other, admin] = [people.owner(), people.doctor(), people.doctor(), await people.admin()];
      await buyAndPay(owner, doctor);
      const own = await figures(doctor, what, doctor.id);
      assert.equal(own.status, 200);
      assert.deepEqual((await figures(admin, what, doctor.id)).body, own.body);
      for (const caller of [other, owner, await people.partner()]) {
        assertProblem(await figures(caller, what, doctor.id), 403, "forbidden");
      }
      assertProblem(await server.visitor.get(`/api/statistic/${what}/monthly/${doctor.id}`), 401, "unauthenticated");
    });
  }
});
