// Contract 1, `/api/auth`, and `GET /api/auth/me` of 3.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { hire, peopleOf, register, registration, signIn } from "../support/people.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";

const server = await openServer();
const people = peopleOf(server);

/**
 * A cookie's value and its attributes by lower-cased name.
 * @param {string[]} cookies
 * @param {string} name
 * @returns {Record<string, string | true>}
 */
function cookie(cookies, name) {
  const found = cookies.find((each) => each.startsWith(`${name}=`));
  assert.ok(found, `no cookie ${name} in ${JSON.stringify(cookies)}`);
  const [pair = "", ...attributes] = found.split(";").map((part) => part.trim());
  const parsed = attributes.map((attribute) => attribute.toLowerCase().split("="));
  return {
    value: pair.slice(name.length + 1),
    ...Object.fromEntries(parsed.map(([key, value]) => [key, value ?? true])),
  };
}

describe("POST /api/auth/register", () => {
  test("answers 201 and nothing but a message", async () => {
    const answer = await server.visitor.post("/api/auth/register", registration());
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.body, { message: "Registration successful" });
    assert.deepEqual(answer.cookies, [], "signing up does not sign in");
  });

  for (const field of ["username", "email", "password", "phone_number"]) {
    for (const [what, value] of [
      ["missing", undefined],
      ["empty", ""],
      ["null", null],
      ["blank", "   "],
    ]) {
      // Spaces may well be part of a password.
      if (field === "password" && what === "blank") continue;
      test(`refuses a ${what} ${field} with all_fields_required and names it`, async () => {
        const answer = await server.visitor.post("/api/auth/register", registration({ [field]: value }));
        assert.deepEqual(fieldsOf(assertProblem(answer, 400, "all_fields_required")), [field]);
      });
    }
  }

  test("refuses a taken e-mail, however it is written", async () => {
    const form = registration();
    assert.equal((await server.visitor.post("/api/auth/register", form)).status, 201);
    for (const email of [form.email, form.email.toUpperCase(), `  ${form.email} `]) {
      const answer = await server.visitor.post("/api/auth/register", registration({ email }));
      assertProblem(answer, 400, "email_taken");
    }
  });

  test("makes an owner, whatever role the body asks for", async () => {
    for (const claim of [{ roles: "admin" }, { role: "admin" }, { roles: "dokter" }, { roles: ["admin"] }]) {
      const form = registration(claim);
      const answer = await server.visitor.post("/api/auth/register", form);
      assert.equal(answer.status, 201, answer.text);
      assert.equal((await signIn(server, form.email, form.password)).body.data.user.roles, "user");
    }
  });

  test("one of two people who take the same e-mail at the same moment gets it", async () => {
    const form = registration();
    const both = await Promise.all([1, 2].map(() => server.visitor.post("/api/auth/register", form)));
    assert.deepEqual(both.map((answer) => answer.status).sort(), [201, 400]);
    assertProblem(/** @type {any} */ (both.find((answer) => answer.status === 400)), 400, "email_taken");
  });
});

describe("POST /api/auth/login", () => {
  test("answers the account and a token that works", async () => {
    const form = registration();
    await server.visitor.post("/api/auth/register", form);
    const answer = await signIn(server, form.email, form.password);
    const { status, message, data } = answer.body;
    assert.deepEqual({ status, message }, { status: true, message: "Login successful" });
    assert.equal(data.user.username, form.username);
    assert.equal(data.user.roles, "user");
    assert.equal(data.user.phone_number, "+6281234567890");
    const me = await server.visitor.bearing(data.token).get("/api/auth/me");
    assert.equal(me.body.id, data.user.id);
  });

  test("2.4 sets cookies that no script can read", async () => {
    const owner = people.owner();
    const answer = await signIn(server, owner.email, owner.password);
    const access = cookie(answer.cookies, "accessToken");
    assert.equal(access.value, answer.body.data.token);
    assert.equal(access.httponly, true);
    assert.equal(access.samesite, "lax");
    assert.equal(access.path, "/");
    assert.equal(access["max-age"], "3600");
    assert.equal(access.secure, undefined, "browsers drop Secure cookies of http://localhost");
    const refresh = cookie(answer.cookies, "refreshToken");
    assert.equal(refresh.httponly, true);
    assert.equal(refresh.samesite, "lax");
    assert.equal(refresh.path, "/api/auth");
    assert.equal(refresh["max-age"], String(30 * 24 * 3600));
    assert.match(answer.headers.get("cache-control") ?? "", /no-store/);
  });

  test("the cookie alone signs requests", async () => {
    const owner = people.owner();
    const me = await server.visitor.browser(owner.token).get("/api/auth/me");
    assert.equal(me.body.id, owner.id);
  });

  test("takes the e-mail in any spelling", async () => {
    const owner = people.owner();
    await signIn(server, ` ${owner.email.toUpperCase()} `, owner.password);
  });

  for (const field of ["email", "password"]) {
    test(`refuses a missing ${field}`, async () => {
      const body = { email: "a@contoh.id", password: "kata-sandi", [field]: undefined };
      const answer = await server.visitor.post("/api/auth/login", body);
      assert.deepEqual(fieldsOf(assertProblem(answer, 400, "all_fields_required")), [field]);
    });
  }

  test("tells a browser its refresh token by cookie only", async () => {
    const owner = people.owner();
    const browser = server.visitor.with({ "sec-fetch-site": "same-origin" });
    const answer = await browser.post("/api/auth/login", { email: owner.email, password: owner.password });
    const { value } = cookie(answer.cookies, "refreshToken");
    assert.ok(!answer.text.includes(String(value)), "the body shows the refresh token to scripts");
  });
});

describe("GET /api/auth/me", () => {
  for (const role of ["user", "dokter", "mitra", "admin"]) {
    test(`is the signed-in ${role}`, async () => {
      const person = await hire(server, role, ["--username", "Nama Lengkap", "--phone", "081200001111"]);
      const answer = await person.api.get("/api/auth/me");
      assert.deepEqual(answer.body, {
        id: person.id,
        username: "Nama Lengkap",
        email: person.email,
        roles: role,
        phone_number: "+6281200001111",
        picture: null,
      });
    });
  }

  test("refuses a visitor", async () => {
    assertProblem(await server.visitor.get("/api/auth/me"), 401, "unauthenticated");
  });
});

describe("POST /api/auth/logout", () => {
  test("answers as the original did and takes the cookies back", async () => {
    const owner = await register(server);
    const answer = await owner.api.post("/api/auth/logout");
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { status: true, message: "Logout successful" });
    for (const name of ["accessToken", "refreshToken"]) {
      const cleared = cookie(answer.cookies, name);
      assert.equal(cleared.value, "");
      assert.equal(cleared["max-age"], "0");
    }
    assertProblem(await owner.api.get("/api/auth/me"), 401, "unauthenticated");
  });

  test("refuses a visitor", async () => {
    assertProblem(await server.visitor.post("/api/auth/logout"), 401, "unauthenticated");
  });
});

test("2.4 cookies are Secure where people reach the server over TLS", async (t) => {
  const env = { PUBLIC_URL: "https://hellopet.site", PAYMENTS: "simulated", RATE_LIMITS: "on" };
  const secure = await openServer({ env, people: { pairs: 0, doctors: 1, idle: 1 } }, t);
  const owner = peopleOf(secure).owner();
  const answer = await signIn(secure, owner.email, owner.password);
  for (const name of ["accessToken", "refreshToken"]) assert.equal(cookie(answer.cookies, name).secure, true);
});
