// Bad input over HTTP: always a problem that blames the caller, never a 500, and nothing has changed afterwards.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import {
  BROKEN_BODIES,
  BROKEN_TEXTS,
  MEGABYTE,
  MISTYPED_TEXTS,
  ODD_TEXTS,
  UNKNOWN_ID,
  WRONG_IDS,
  withRaw,
} from "../support/hostile.js";
import { buyAndPay, buy, profitOf, sign } from "../support/payments.js";
import { peopleOf, registration } from "../support/people.js";
import { assertProblem, assertRefused } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { expiredToken, forgedTokens } from "../support/tokens.js";

const server = await openServer();
const people = peopleOf(server);

/** The victims: two who talk, with a paid consultation, a message, and another purchase that is open. */
const [owner, doctor, otherDoctor] = [people.owner(), people.doctor(), people.doctor()];
const { purchase, conversationId } = await buyAndPay(owner, doctor);
await owner.say(doctor, "pesan yang harus tetap ada");
const open = await buy(owner, otherDoctor);
const stranger = people.owner();

/** All that bad input could have changed. */
async function everything() {
  const read = async (/** @type {import("../support/people.js").Person} */ person, /** @type {string} */ path) =>
    (await person.api.get(path)).body;
  return {
    messages: await read(owner, `/api/conversations/${conversationId}/messages`),
    conversations: [await read(owner, "/api/conversations"), await read(doctor, "/api/conversations")],
    consultations: await read(owner, "/api/consultations"),
    payments: [
      await read(owner, `/api/payment/${purchase.transactionId}`),
      await read(owner, `/api/payment/${open.transactionId}`),
    ],
    profit: [await profitOf(doctor), await profitOf(otherDoctor)],
    counts: await read(doctor, `/api/statistic/conversations/monthly/${doctor.id}`),
    directory: (await server.visitor.get("/api/roles/dokter")).body,
    stranger: [await read(stranger, "/api/conversations"), await read(stranger, "/api/consultations")],
  };
}
// Reading marks messages as delivered: that has happened when the comparison begins.
await everything();
const before = await everything();

const notification = {
  order_id: open.orderId,
  status_code: "200",
  gross_amount: `${open.quote.total}.00`,
  transaction_status: "settlement",
};

/**
 * Every call that takes a body: a good one, and its fields that hold text.
 * @typedef {{ path: string, caller?: import("../support/people.js").Person, body: () => any, required: string[], optional?: string[] }} Call
 * @type {Record<string, Call>}
 */
const CALLS = {
  register: {
    path: "/api/auth/register",
    body: () => registration(),
    required: ["username", "email", "password", "phone_number"],
  },
  login: {
    path: "/api/auth/login",
    body: () => ({ email: "a@contoh.id", password: "salah-semua" }),
    required: ["email", "password"],
  },
  refresh: { path: "/api/auth/refresh", body: () => ({ refreshToken: "salah" }), required: ["refreshToken"] },
  send: {
    path: `/api/messages/send/${doctor.id}`,
    caller: owner,
    body: () => ({ senderId: owner.id, receiverId: doctor.id, message: "halo", clientId: randomUUID() }),
    required: ["senderId", "receiverId", "message"],
    optional: ["clientId"],
  },
  "send as client": {
    path: `/api/messages/client/send/${owner.id}`,
    caller: doctor,
    body: () => ({ senderId: doctor.id, receiverId: owner.id, message: "halo", clientId: randomUUID() }),
    required: ["senderId", "receiverId", "message"],
    optional: ["clientId"],
  },
  "send into a conversation": {
    path: `/api/conversations/${conversationId}/messages`,
    caller: owner,
    body: () => ({ message: "halo", clientId: randomUUID() }),
    required: ["message", "clientId"],
  },
  buy: { path: "/api/payment/consulting", caller: stranger, body: () => ({ id: doctor.id }), required: ["id"] },
  notification: {
    path: "/api/payment/notification",
    body: () => ({ ...notification, signature_key: "0".repeat(128) }),
    required: ["order_id", "status_code", "gross_amount", "signature_key"],
    optional: ["transaction_status"],
  },
};

/** The fields that hold what people write. */
const WRITTEN = ["username", "message"];

for (const [name, { path, caller, body, required, optional = [] }] of Object.entries(CALLS)) {
  const api = caller?.api ?? server.visitor;

  describe(`the body of ${name}`, () => {
    test("missing, or without one of its fields, is refused", async () => {
      assertRefused(await api.post(path), "no body");
      assertRefused(await api.post(path, {}), "an empty body");
      for (const field of required) {
        assertRefused(await api.post(path, { ...body(), [field]: undefined }), `without ${field}`);
        assertRefused(await api.post(path, { ...body(), [field]: null }), `${field}: null`);
        assertRefused(await api.post(path, { ...body(), [field]: "" }), `${field}: ""`);
      }
    });

    test("of wrong types is refused, and the field is named", async () => {
      for (const field of [...required, ...optional]) {
        for (const [what, value] of Object.entries(MISTYPED_TEXTS)) {
          const problem = assertProblem(await api.post(path, { ...body(), [field]: value }), 400, "validation_failed");
          assert.ok(
            problem.errors.some((/** @type {any} */ error) => error.field === field),
            `${field}: ${what}`,
          );
        }
      }
    });

    test("in a wrong encoding is refused", async () => {
      for (const field of [...required, ...optional]) {
        const texts = WRITTEN.includes(field) ? BROKEN_TEXTS : { ...BROKEN_TEXTS, ...ODD_TEXTS };
        for (const [what, raw] of Object.entries(texts)) {
          assertRefused(await api.post(path, withRaw(body(), field, raw)), `${field}: ${what}`);
        }
      }
    });

    test("that is no JSON object is refused", async () => {
      for (const [what, text] of Object.entries(BROKEN_BODIES)) assertRefused(await api.post(path, text), what);
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/xml"]) {
        const answer = await api.post(path, JSON.stringify(body()), { headers: { "content-type": type } });
        assertProblem(answer, 415, "json_required");
      }
    });

    test("of a megabyte is refused", async () => {
      for (const field of [...required, ...optional]) {
        assertProblem(await api.post(path, { ...body(), [field]: MEGABYTE }), 413, "payload_too_large");
      }
      assertProblem(await api.post(path, { ...body(), unknown: MEGABYTE }), 413, "payload_too_large");
    });
  });
}

test("attachments that are no list of ids are refused", async () => {
  const path = `/api/conversations/${conversationId}/messages`;
  for (const attachments of ["foto", 7, {}, [7], [null], ["bukan-id"], [UNKNOWN_ID], Array(1000).fill(UNKNOWN_ID)]) {
    assertRefused(
      await owner.api.post(path, { message: "halo", clientId: randomUUID(), attachments }),
      JSON.stringify(attachments).slice(0, 40),
    );
  }
});

test("what cannot be bought yet is refused rather than ignored", async () => {
  for (const extra of [
    { voucherCode: "GRATIS" },
    { points: 99_999 },
    { petId: UNKNOWN_ID },
    { startsAt: "2026-12-01T08:00:00Z" },
    { points: "semua" },
  ]) {
    assertRefused(
      await stranger.api.post("/api/payment/consulting", { id: doctor.id, ...extra }),
      JSON.stringify(extra),
    );
  }
});

test("an Idempotency-Key that is none is refused", async () => {
  for (const key of ["", " ", "k".repeat(101), "k".repeat(8000), "kunci-ñ"]) {
    const answer = await stranger.api.post(
      "/api/payment/consulting",
      { id: doctor.id },
      { headers: { "idempotency-key": key } },
    );
    assertRefused(answer, `Idempotency-Key of ${key.length}`);
  }
});

describe("ids in addresses", () => {
  const addresses = (server.document?.operations ?? []).filter(({ path }) => path.includes("{"));
  for (const [what, id] of Object.entries(WRONG_IDS)) {
    test(`${what}: nothing is found and nothing breaks`, async () => {
      for (const { method, path } of addresses) {
        for (const caller of [owner, doctor]) {
          const address = path.replace(/\{[^}]+\}/, id);
          const body = { senderId: caller.id, receiverId: UNKNOWN_ID, message: "halo", clientId: randomUUID() };
          const answer = await caller.api.request(
            method,
            address,
            method === "GET" || path.endsWith("attachments") ? undefined : body,
          );
          assertRefused(answer, `${method} ${path}`);
        }
      }
    });
  }

  test("in queries too", async () => {
    for (const id of ["7", "' OR 1=1 --", "\u0000", "a".repeat(4_000), "[]"]) {
      const query = { senderId: owner.id, receiverId: id };
      assertRefused(await owner.api.get("/api/messages/client", { query }), `receiverId=${id.slice(0, 20)}`);
      assertRefused(await owner.api.get("/api/conversations", { query: { cursor: id } }), `cursor=${id.slice(0, 20)}`);
    }
    assertRefused(await owner.api.get("/api/messages/client?senderId=%ff&receiverId=%fe"), "invalid UTF-8");
    assertRefused(await owner.api.get("/api/conversations?limit=1&limit=2"), "a parameter twice");
  });
});

test("what is other people's is neither read nor changed", async () => {
  const paths = [
    ["GET", `/api/conversations/${conversationId}`],
    ["GET", `/api/conversations/${conversationId}/messages`],
    ["POST", `/api/conversations/${conversationId}/messages`],
    ["POST", `/api/conversations/${conversationId}/attachments`],
    ["GET", `/api/conversations/${conversationId}/transcript.json`],
    ["GET", `/api/conversations/${conversationId}/transcript.pdf`],
    ["GET", `/api/messages/search?q=pesan&conversationId=${conversationId}`],
    ["PATCH", `/api/messages/end/${conversationId}`],
    ["GET", `/api/payment/${purchase.transactionId}`],
    ["POST", `/api/payment/${purchase.transactionId}/refresh`],
    ["GET", `/api/messages/client?senderId=${owner.id}&receiverId=${doctor.id}`],
    ["POST", `/api/messages/send/${doctor.id}`],
    ["POST", `/api/messages/client/send/${owner.id}`],
    ["GET", `/api/statistic/profit/monthly/${doctor.id}`],
    ["GET", `/api/statistic/conversations/monthly/${doctor.id}`],
  ];
  for (const person of [stranger, people.doctor(), await people.partner()]) {
    for (const [method, path] of paths) {
      const body = {
        senderId: person.id,
        receiverId: String(path).split("/").at(-1),
        message: "halo",
        clientId: randomUUID(),
      };
      const answer = await person.api.request(String(method), String(path), method === "GET" ? undefined : body);
      assertRefused(answer, `${method} ${path} by a ${person.role}`);
      assert.ok([403, 404].includes(answer.status), `${method} ${path}: ${answer.status}`);
    }
  }
});

describe("tokens", () => {
  const PUBLIC = ["/api/auth/register", "/api/auth/login", "/api/auth/refresh", "/api/payment/notification"];
  const guarded = (server.document?.operations ?? []).filter(
    // A call that says 401 wants to know who asks; signing out has its own tests, for it works after the token's hour.
    ({ path, description }) => "401" in description.responses && !PUBLIC.includes(path) && path !== "/api/auth/logout",
  );
  const victim = people.owner();
  for (const [what, token] of Object.entries({ "that has expired": expiredToken(victim), ...forgedTokens(victim) })) {
    test(`one ${what} opens nothing`, async () => {
      assert.ok(guarded.length > 10);
      for (const { method, path } of guarded) {
        for (const api of [server.visitor.bearing(token), server.visitor.browser(token, server.url)]) {
          const answer = await api.request(
            method,
            path.replace(/\{[^}]+\}/, conversationId),
            method === "GET" ? undefined : {},
          );
          assertProblem(answer, 401, "unauthenticated");
        }
      }
    });
  }

  test("in strange headers open nothing", async () => {
    for (const authorization of [
      "Bearer",
      "Bearer ",
      "Basic YTpi",
      `Token ${owner.token}`,
      `Bearer  x ${owner.token}`,
      "Bearer \t",
      "é",
    ]) {
      const answer = await server.visitor.get("/api/auth/me", { headers: { authorization } });
      assertProblem(answer, 401, "unauthenticated");
    }
    for (const cookie of [
      "accessToken",
      "accessToken=",
      `AccessToken=${owner.token}`,
      `xaccessToken=${owner.token}`,
      ";;;=;",
    ]) {
      const answer = await server.visitor.get("/api/auth/me", { headers: { cookie } });
      assertProblem(answer, 401, "unauthenticated");
    }
  });
});

test("a notification that is forged, replayed with changes or about something else changes nothing", async () => {
  const signed = { ...notification, signature_key: sign(notification) };
  for (const change of [
    { signature_key: "" },
    { signature_key: "0".repeat(128) },
    { gross_amount: "1.00" },
    { status_code: "201" },
    { order_id: purchase.orderId },
    { order_id: "x".repeat(5000) },
  ]) {
    assertRefused(
      await server.visitor.post("/api/payment/notification", { ...signed, ...change }),
      JSON.stringify(change).slice(0, 60),
    );
  }
  // Authentic in form: the gateway, when asked, knows of no payment yet.
  assert.equal((await server.visitor.post("/api/payment/notification", signed)).status, 200);
});

test("after all this everything is as it was before", async () => {
  assert.deepEqual(await everything(), before);
});
