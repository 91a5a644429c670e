// The published document and the running routes never disagree (contract, introduction).

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import { Validator } from "@seriousme/openapi-schema-validator";

import { bookFromAllSides, goOnLonger, goOnWithAnother, takeMoneyBack } from "../support/bookings.js";
import { nameOf } from "../support/document.js";
import { buyAndPay, buy, paymentOf, simulate } from "../support/payments.js";
import { comeIn, goAndComeBack } from "../support/doctors.js";
import { reviveWork } from "../support/jobs.js";
import { keepPets } from "../support/pets.js";
import { peopleOf, registration, signIn } from "../support/people.js";
import { formOf, goodPictures } from "../support/pictures.js";
import { keepReplies, summarise } from "../support/records.js";
import { payOutByHand } from "../support/refunds.js";
import { reviewFromAllSides } from "../support/reviews.js";
import { keepSafe } from "../support/safety.js";
import { openServer } from "../support/server.js";
import { sayWhatIsTheMatter } from "../support/triage.js";
import { begun, goOn } from "../support/uploads.js";

const server = await openServer();
const people = peopleOf(server);
const document = /** @type {import("../support/document.js").PublishedDocument} */ (server.document);

const UNKNOWN = "01900000-0000-7000-8000-000000000000";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The calls of the contract, parts 1 and 3, as the document names them. */
const CONTRACT = [
  "POST /api/auth/register",
  "POST /api/auth/login",
  "POST /api/auth/refresh",
  "POST /api/auth/logout",
  "GET /api/roles/dokter",
  "GET /api/messages/client",
  "POST /api/messages/send/{}",
  "POST /api/messages/client/send/{}",
  "PATCH /api/messages/end/{}",
  "POST /api/payment/consulting",
  "GET /api/statistic/conversations/monthly/{}",
  "GET /api/statistic/profit/monthly/{}",
  "GET /api/auth/me",
  "POST /api/payment/notification",
  "GET /api/payment/{}",
  "GET /api/conversations",
  "GET /api/conversations/{}/messages",
  "POST /api/conversations/{}/messages",
  "POST /api/conversations/{}/attachments",
  "GET /api/messages/search",
  "GET /api/conversations/{}/transcript.json",
  "GET /api/conversations/{}/transcript.pdf",
  "GET /healthz",
  "GET /readyz",
  "GET /metrics",
];

/** @param {string} path */
const anonymous = (path) => path.replace(/\{[^}]+\}/g, "{}");

/** @param {string} path @param {string} [id] */
const filled = (path, id = UNKNOWN) => path.replace(/\{[^}]+\}/g, id);

describe("the document", () => {
  test("is OpenAPI 3.1, and its schemas can be used", () => {
    assert.match(document.document.openapi, /^3\.1\./);
    for (const name of Object.keys(document.document.components.schemas)) {
      assert.ok(document.ajv.getSchema(`https://document.test/openapi.json#/components/schemas/${name}`), name);
    }
  });

  test("is valid to a validator that others use", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document.document));
    assert.ok(valid, JSON.stringify(errors)?.slice(0, 2_000));
  });

  for (const row of CONTRACT) {
    test(`holds ${row}`, () => {
      const [method, path] = row.split(" ");
      assert.ok(document.operations.some((each) => each.method === method && anonymous(each.path) === path));
    });
  }

  test("describes the body of every success", () => {
    for (const operation of document.operations) {
      const { responses } = operation.description;
      const successes = Object.keys(responses).filter((status) => status.startsWith("2"));
      assert.ok(successes.length > 0, nameOf(operation));
      for (const status of successes) {
        const content = Object.values(responses[status].content ?? {});
        assert.ok(
          content.length > 0 && content.every((/** @type {any} */ each) => each.schema),
          `${nameOf(operation)} ${status}`,
        );
      }
    }
  });

  test("has a page to browse it, which loads nothing from elsewhere", async () => {
    const page = await server.visitor.get("/api/docs/");
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    for (const [, address] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.ok(!/^(https?:)?\/\//.test(String(address)), address);
    }
  });
});

describe("the routes", () => {
  test("every documented operation is there", async () => {
    for (const { method, path } of document.operations) {
      const answer = await server.visitor.request(method, filled(path), method === "GET" ? undefined : {});
      assert.notEqual(answer.status, 405, `${method} ${path}`);
      assert.notEqual(answer.body?.code, "route_not_found", `${method} ${path}`);
    }
  });

  test("a method that is not documented answers 405 and says which are", async () => {
    const byPath = grouped(document.operations);
    for (const [path, operations] of byPath) {
      const documented = operations.map((each) => each.method);
      for (const method of METHODS.filter((each) => !documented.includes(each))) {
        const answer = await server.visitor.request(method, filled(path), method === "GET" ? undefined : {});
        assert.equal(answer.status, 405, `${method} ${path}`);
        const allowed = (answer.headers.get("allow") ?? "").split(",").map((each) => each.trim());
        for (const each of documented) assert.ok(allowed.includes(each), `${method} ${path}: Allow: ${allowed}`);
      }
    }
  });
});

describe("the answers", () => {
  test("of every operation's success are as published", async (t) => {
    const { visitor } = server;
    const form = registration();
    await visitor.post("/api/auth/register", form);
    const { refreshToken, token } = (await signIn(server, form.email, form.password)).body.data;
    await visitor.bearing(token).get("/api/auth/me");
    await visitor.post("/api/auth/refresh", { refreshToken });
    await visitor.bearing(token).post("/api/auth/logout");
    await keepSafe(server);

    const [owner, doctor] = [people.owner(), people.doctor()];
    await visitor.get("/api/roles/dokter");
    await visitor.get(`/api/doctors/${doctor.id}`);
    await visitor.get("/api/app-config");
    await visitor.post("/api/client-errors", { route: "/dokter/:id", message: "x is undefined" });
    const { purchase, conversationId } = await buyAndPay(owner, doctor);
    await owner.api.post(`/api/payment/${purchase.transactionId}/refresh`);
    await visitor.post("/api/payment/notification", await settlementOf(people.owner(), people.doctor()));
    await owner.api.get("/api/consultations");

    const photo = /** @type {Buffer} */ ((await goodPictures())["image/jpeg"]);
    const pet = await keepPets(owner, formOf([photo]));
    const colleague = people.doctor();
    const about = await owner.api.post("/api/payment/consulting", { id: colleague.id, petId: pet.id });
    await owner.api.get(`/api/consultations/${about.body.consultationId}/pet`);
    const uploaded = await owner.api.post(`/api/conversations/${conversationId}/attachments`, formOf([photo]));
    await doctor.api.get(uploaded.body.items[0].url);
    await doctor.api.get(uploaded.body.items[0].thumbnailUrl);
    await goOn(owner, await begun(owner, conversationId, photo), photo, photo.length);
    const attachments = [uploaded.body.items[0].id];
    const body = { message: "lihat ini", clientId: randomUUID(), attachments };
    for (const _again of [1, 2]) await owner.api.post(`/api/conversations/${conversationId}/messages`, body);
    await doctor.say(owner, "baik");
    const event = { senderId: owner.id, receiverId: doctor.id, message: "terima kasih" };
    await owner.api.post(`/api/messages/client/send/${doctor.id}`, event);
    await owner.api.get("/api/messages/client", { query: { senderId: owner.id, receiverId: doctor.id } });
    await owner.api.get(`/api/conversations/${conversationId}/messages`);
    await owner.api.get("/api/messages/search", { query: { q: "lihat" } });
    for (const kind of ["json", "pdf"]) await doctor.api.get(`/api/conversations/${conversationId}/transcript.${kind}`);
    await owner.api.get("/api/conversations");
    await owner.api.get(`/api/conversations/${conversationId}`);
    await owner.api.patch(`/api/messages/end/${conversationId}`);
    await bookFromAllSides(server, people.owner(), people.doctor());
    await takeMoneyBack(server, people.owner(), people.doctor());
    await goOnWithAnother(t, server, people.owner(), [people.doctor(), people.doctor()]);
    await goOnLonger(people.owner(), people.doctor());
    await summarise(server, { owner, doctor }, purchase.consultationId);
    await keepReplies(doctor);
    const admin = await people.admin();
    await payOutByHand({ owner: people.owner(), doctor: people.doctor(), admin });
    await reviveWork(server, admin);
    await sayWhatIsTheMatter(server, people.owner(), people.doctor(), formOf([photo]));
    await comeIn(server, admin, formOf([photo]));
    await goAndComeBack(server, admin, people.doctor(), formOf([photo]));
    await reviewFromAllSides({ owner, doctor, admin }, purchase.consultationId);
    for (const what of ["conversations", "profit"]) await doctor.api.get(`/api/statistic/${what}/monthly/${doctor.id}`);
    for (const path of ["/healthz", "/readyz", "/metrics"]) await visitor.get(path);

    const unproven = document.operations.map(nameOf).filter((name) => !document.proven.has(name));
    assert.deepEqual(unproven, [], "no success of these was seen");
  });

  test("with problems are as published: no status and no media type that the document does not know", async () => {
    const [owner, doctor, visitor] = [people.owner(), people.doctor(), server.visitor];
    const pair = await people.pair();
    for (const { method, path } of document.operations) {
      const isRead = method === "GET";
      for (const caller of [visitor, owner.api, doctor.api]) {
        // Whoever signs out would be a visitor from then on.
        if (path === "/api/auth/logout" && caller !== visitor) continue;
        await caller.request(method, filled(path), isRead ? undefined : {});
        await caller.request(method, filled(path, "bukan-id"), isRead ? undefined : {});
        await caller.request(method, filled(path, pair.conversationId), isRead ? undefined : {});
        if (isRead) continue;
        await caller.request(method, filled(path), "{rusak");
        await caller.request(method, filled(path), "nama=nilai", { headers: { "content-type": "text/plain" } });
        await caller.request(method, filled(path), { message: "x".repeat(200_000) });
      }
      const evil = visitor.browser(owner.token, "https://evil.test");
      if (!isRead) await evil.request(method, filled(path), {});
    }
    assert.deepEqual([...document.undocumented].sort(), [], "answered, but not in the document");
  });

  test("have the media type that is published", () => {
    // Over all that this file has asked.
    assert.deepEqual([...document.otherwiseTyped].sort().slice(0, 5), [], "answered with another media type");
  });
});

/**
 * A notification that the platform may hear again.
 * @param {import("../support/people.js").Person} owner
 * @param {import("../support/people.js").Person} doctor
 */
async function settlementOf(owner, doctor) {
  const purchase = await buy(owner, doctor);
  const notification = await simulate(server, purchase.orderId, "settlement");
  assert.equal((await paymentOf(owner, purchase)).status, "settled");
  return notification;
}

/** @param {import("../support/document.js").Operation[]} operations */
function grouped(operations) {
  /** @type {Map<string, import("../support/document.js").Operation[]>} */
  const byPath = new Map();
  for (const each of operations) byPath.set(each.path, [...(byPath.get(each.path) ?? []), each]);
  return byPath;
}
