// 2.9: requests that change something and carry a cookie must come from one of our origins, to the letter.

import assert from "node:assert/strict";
import { test } from "node:test";

import { notify, buy, simulate } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { assertProblem } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { knock, refusal, TRANSPORTS } from "../support/sockets.js";

const OURS = ["https://hellopet.site", "https://app.hellopet.site"];
const server = await openServer({ env: { CLIENT_ORIGIN: OURS.join(", ") } });
const people = peopleOf(server);

const FOREIGN = [
  "https://hellopet.site.evil.tld",
  "https://hellopet.siteevil.tld",
  "https://evil.tld",
  "https://evil-hellopet.site",
  "http://hellopet.site",
  "https://hellopet.site:8443",
  "https://hellopet.site/",
  "https://www.hellopet.site",
  "https://hellopet.site@evil.tld",
  "https://hellopet.site, https://evil.tld",
  "null",
  "",
];

/** A harmless request that changes something. @param {import("../support/client.js").Client} client */
const change = (client) => client.post("/api/auth/logout");

test("2.9 a cookie from a foreign origin changes nothing, however the origin is spelt", async () => {
  const owner = people.owner();
  for (const origin of FOREIGN) {
    assertProblem(await change(server.visitor.browser(owner.token, origin)), 403, "origin_forbidden");
  }
  assertProblem(await change(server.visitor.browser(owner.token)), 403, "origin_forbidden");
  assert.equal((await owner.api.get("/api/auth/me")).status, 200, "the session still lives");
});

test("2.9 every call that changes something is guarded, also by the refresh token's cookie alone", async () => {
  const { owner, doctor, conversationId } = await people.pair();
  const evil = server.visitor.browser(owner.token, "https://hellopet.site.evil.tld");
  const before = await owner.conversation();
  for (const { method, path } of server.document?.operations ?? []) {
    if (method === "GET") continue;
    const address = path
      .replace("{conversationId}", conversationId)
      .replace("{receiverId}", doctor.id)
      .replace(/\{id\}/, conversationId);
    assertProblem(await evil.request(method, address, {}), 403, "origin_forbidden");
  }
  const headers = { cookie: "refreshToken=x", origin: "https://hellopet.site.evil.tld" };
  assertProblem(await server.visitor.post("/api/auth/refresh", undefined, { headers }), 403, "origin_forbidden");
  assert.deepEqual(await owner.conversation(), before);
});

test("2.9 our own origins are let through", async () => {
  for (const origin of [...OURS, `http://localhost:${server.port}`, `http://127.0.0.1:${server.port}`]) {
    const owner = people.owner();
    assert.equal((await change(server.visitor.browser(owner.token, origin))).status, 200, origin);
  }
});

test("2.9 bearer clients and webhooks need no origin", async () => {
  const [owner, doctor] = [people.owner(), people.doctor()];
  const { orderId } = await buy(owner, doctor);
  const notification = await simulate(server, orderId, "settlement");
  assert.equal((await notify(server, notification)).status, 200);
  const app = owner.api.with({ origin: "https://hellopet.site.evil.tld" });
  assert.equal((await change(app)).status, 200, "a token in a header was put there on purpose");
});

test("2.9 reading by cookie needs no origin, but only our pages can see the answer", async () => {
  const owner = people.owner();
  const foreign = await server.visitor.browser(owner.token, "https://hellopet.site.evil.tld").get("/api/auth/me");
  assert.equal(foreign.headers.get("access-control-allow-origin"), null);
  const ours = await server.visitor.browser(owner.token, "https://hellopet.site").get("/api/auth/me");
  assert.equal(ours.headers.get("access-control-allow-origin"), "https://hellopet.site");
  assert.equal(ours.headers.get("access-control-allow-credentials"), "true");
});

test("2.9 our pages on other origins can read refusals too, foreign ones cannot", async () => {
  const [ours] = OURS;
  const refusals = (/** @type {string} */ origin) => {
    const visitor = server.visitor.with({ origin });
    const wrong = { email: "siapa@contoh.id", password: "salah-semua" };
    return Promise.all([
      visitor.get("/api/auth/me"),
      visitor.post("/api/auth/login", wrong),
      visitor.get("/api/tidak-ada"),
    ]);
  };
  for (const answer of await refusals(String(ours))) {
    assert.equal(answer.headers.get("access-control-allow-origin"), ours, `${answer.status} cannot be read`);
    assert.equal(answer.headers.get("access-control-allow-credentials"), "true");
  }
  for (const answer of await refusals("https://hellopet.site.evil.tld")) {
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
  }
});

test("2.9 a browser's question before the request is answered for our origins only", async () => {
  const ask = (/** @type {string} */ origin) =>
    server.visitor.request("OPTIONS", "/api/payment/consulting", undefined, {
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,authorization,idempotency-key",
      },
    });
  for (const origin of OURS) {
    const answer = await ask(origin);
    assert.equal(answer.headers.get("access-control-allow-origin"), origin);
    for (const header of ["content-type", "authorization", "idempotency-key"]) {
      assert.ok(answer.headers.get("access-control-allow-headers")?.toLowerCase().includes(header), header);
    }
  }
  for (const origin of FOREIGN)
    assert.equal((await ask(origin)).headers.get("access-control-allow-origin"), null, origin);
});

for (const transport of TRANSPORTS) {
  test(`2.9 a socket by cookie is for our own pages over ${transport}`, async (t) => {
    const cookie = `accessToken=${people.owner().token}`;
    for (const origin of FOREIGN.filter((each) => each !== "")) {
      await refusal(t, server, { transport, headers: { cookie, origin } });
    }
    for (const origin of OURS) {
      await knock(t, server, { transport, headers: { cookie, origin } }).next("connect");
    }
  });
}
