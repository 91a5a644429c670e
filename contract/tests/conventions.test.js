// Contract 0: what holds for every call. And what operators ask of a running server (contract 3).

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { buyAndPay } from "../support/payments.js";
import { peopleOf, registration } from "../support/people.js";
import { assertProblem, withoutRequestId } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Names whose values are tokens and codes of others. */
const FOREIGN_IDS = ["orderId", "clientId", "requestId"];
const MONEY = ["amount", "total", "price", "refundedAmount", "profit"];

/**
 * Looks at every member of a body, however deep.
 * @param {any} value
 * @param {(name: string, value: any) => void} look
 */
function walk(value, look) {
  if (value === null || typeof value !== "object") return;
  for (const [name, member] of Object.entries(value)) {
    look(name, member);
    walk(member, look);
  }
}

describe("the wire", () => {
  test("ids are UUIDv7, money is whole rupiah, times are UTC with milliseconds", async () => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const { purchase, payment, conversationId } = await buyAndPay(owner, doctor);
    const said = await owner.say(doctor, "halo");
    const ended = await owner.api.patch(`/api/messages/end/${conversationId}`);
    const { body: consultations } = await owner.api.get("/api/consultations");
    const { body: directory } = await server.visitor.get("/api/roles/dokter");
    let looked = 0;
    walk({ purchase, payment, said, ended: ended.body, consultations, directory }, (name, value) => {
      if (value === null || FOREIGN_IDS.includes(name)) return;
      if (name === "id" || name.endsWith("Id")) assert.match(value, UUID_V7, name);
      else if (name.endsWith("At") || name === "at") assert.match(value, MOMENT, name);
      else if (MONEY.includes(name)) assert.ok(Number.isSafeInteger(value), `${name}: ${value}`);
      else return;
      looked++;
    });
    assert.ok(looked > 50);
  });

  test("the request id is taken, made where there is none, and returned", async () => {
    const given = await server.visitor.get("/healthz", { headers: { "x-request-id": "laporan-42" } });
    assert.equal(given.headers.get("x-request-id"), "laporan-42");
    const made = await server.visitor.get("/healthz");
    assert.ok(made.headers.get("x-request-id"));
    const refused = await server.visitor.get("/api/auth/me", { headers: { "x-request-id": "laporan-43" } });
    assert.equal(assertProblem(refused, 401).requestId, "laporan-43");
    const insane = await server.visitor.get("/healthz", { headers: { "x-request-id": "<script>".repeat(20) } });
    assert.ok(!insane.headers.get("x-request-id")?.includes("<"));
  });

  test("what is not there, and what a method does not apply to, is a problem like any other", async () => {
    for (const path of ["/api", "/api/", "/api/tidak-ada", "/api/auth", "/api/auth/login/", "/api//auth/me"]) {
      assertProblem(await server.visitor.get(path), 404, "route_not_found");
    }
    const answer = await server.visitor.request("DELETE", "/api/auth/login");
    assertProblem(answer, 405, "method_not_allowed");
    assert.equal(answer.headers.get("allow"), "POST");
  });

  test("answers forbid guessing their type and being framed", async () => {
    for (const path of ["/api/roles/dokter", "/api/tidak-ada", "/healthz"]) {
      const { headers } = await server.visitor.get(path);
      assert.equal(headers.get("x-content-type-options"), "nosniff", path);
      assert.equal(headers.get("x-frame-options"), "DENY", path);
      assert.ok(headers.get("content-security-policy"), path);
    }
  });
});

describe("languages", () => {
  /** @type {[string, string | undefined, RegExp][]} */
  const cases = [
    ["Indonesian unless said", undefined, /^E-mail atau kata sandi salah\.$/],
    ["Indonesian", "id-ID,id;q=0.9,en;q=0.5", /^E-mail atau/],
    ["Indonesian for all others", "fr-FR", /^E-mail atau/],
    ["English", "en", /^The e-mail or/],
    ["English of any country", "en-AU,en;q=0.9,id;q=0.8", /^The e-mail or/],
  ];
  for (const [name, language, expected] of cases) {
    test(`a refusal speaks ${name}; its code never changes`, async () => {
      const visitor = language === undefined ? server.visitor : server.visitor.with({ "accept-language": language });
      const answer = await visitor.post("/api/auth/login", { email: "siapa@contoh.id", password: "salah-semua" });
      assert.match(assertProblem(answer, 401, "invalid_credentials").message, expected);
    });
  }

  test("the fields of a refusal speak it too", async () => {
    const form = registration({ email: "bukan-email", password: "pendek" });
    const [indonesian, english] = await Promise.all(
      [server.visitor, server.visitor.with({ "accept-language": "en" })].map(async (visitor) => {
        const problem = assertProblem(await visitor.post("/api/auth/register", form), 422, "validation_failed");
        return problem.errors;
      }),
    );
    assert.deepEqual(
      indonesian.map((/** @type {any} */ each) => each.code),
      english.map((/** @type {any} */ each) => each.code),
    );
    for (const [index, error] of indonesian.entries()) assert.notEqual(error.message, english[index].message);
  });

  test("the acknowledgement of an event speaks the language of the handshake", async (t) => {
    const owner = people.owner();
    const indonesian = await connect(t, owner, "websocket");
    const english = await connect(t, owner, "websocket", { headers: { "accept-language": "en" } });
    const [one, other] = [await indonesian.ask("markAsRead", {}), await english.ask("markAsRead", {})];
    assert.equal(one.code, other.code);
    assert.equal(one.message, "Semua isian wajib diisi.");
    assert.equal(other.message, "All fields are required.");
  });
});

test("2.3 an unknown e-mail and a wrong password cannot be told apart", async () => {
  const owner = people.owner();
  const tries = [
    { email: owner.email, password: "kata-sandi-salah" },
    { email: "tidak-ada@contoh.id", password: owner.password },
    { email: "bukan e-mail", password: owner.password },
  ];
  const answers = [];
  for (const form of tries) answers.push(await server.visitor.post("/api/auth/login", form));
  const [first] = answers;
  for (const answer of answers) {
    assertProblem(answer, 401, "invalid_credentials");
    assert.deepEqual(withoutRequestId(answer.body), withoutRequestId(first?.body));
    assert.deepEqual([...answer.headers.keys()], [...(first?.headers.keys() ?? [])]);
    assert.deepEqual(answer.cookies, []);
  }
});

describe("operating", () => {
  test("/healthz says that the server lives, /readyz that it can work", async () => {
    for (const path of ["/healthz", "/readyz"]) {
      const answer = await server.visitor.get(path);
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, { status: "ok" });
    }
  });

  test("/metrics is Prometheus text that names routes, not people", async () => {
    const owner = people.owner();
    await owner.api.get(`/api/payment/${owner.id}`);
    const answer = await server.visitor.get("/metrics");
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
    for (const line of answer.text.split("\n").filter(Boolean)) {
      assert.match(line, /^(# (TYPE|HELP) \w+ .+|\w+(\{.*\})? [-+0-9.eEInfNa]+)$/, line);
    }
    assert.match(
      answer.text,
      /http_request_duration_seconds_count\{[^}]*route="\/api\/payment\/\{transactionId\}"[^}]*status="404"/,
    );
    assert.ok(!answer.text.includes(owner.id));
  });
});
