// How a session lives and dies: refresh, reuse, logout, and what happens to its sockets. Contract 1 and 2.4.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Person, peopleOf, signIn } from "../support/people.js";
import { assertProblem } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect, knock, refusal, TRANSPORTS } from "../support/sockets.js";
import { expiredToken, forgedTokens } from "../support/tokens.js";

const server = await openServer();
const people = peopleOf(server);

/** Signs in as a browser does and keeps both cookies. @param {Person} person */
async function browserSession(person) {
  const answer = await signIn(server, person.email, person.password);
  const refreshToken = rotatedBy(answer);
  const token = answer.body.data.token;
  return { refreshToken, person: new Person(server, { ...person, token }) };
}

/**
 * The refresh token that an answer sets.
 * @param {{ cookies: string[] }} answer
 */
function rotatedBy(answer) {
  return String(answer.cookies.find((each) => each.startsWith("refreshToken="))?.split(/[=;]/)[1]);
}

/** @param {string} refreshToken */
function refresh(refreshToken) {
  const headers = { cookie: `refreshToken=${refreshToken}`, origin: server.url };
  return server.visitor.post("/api/auth/refresh", undefined, { headers });
}

describe("POST /api/auth/refresh", () => {
  test("answers a new access token and rotates the refresh token", async () => {
    const { refreshToken, person } = await browserSession(people.owner());
    const answer = await refresh(refreshToken);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.status, true);
    assert.equal(answer.body.data.user.id, person.id);
    const me = await server.visitor.bearing(answer.body.data.token).get("/api/auth/me");
    assert.equal(me.body.id, person.id);
    const rotated = answer.cookies.find((each) => each.startsWith("refreshToken="));
    assert.ok(rotated && !rotated.includes(refreshToken), "the refresh token stayed the same");
    assert.ok(answer.cookies.some((each) => each.startsWith("accessToken=")));
  });

  test("an answer with a token is not packed, whose length would tell of it", async () => {
    const { refreshToken, person } = await browserSession(people.owner());
    const headers = { "accept-encoding": "gzip, br" };
    const answer = await server.visitor.post("/api/auth/refresh", { refreshToken }, { headers });
    assert.equal(answer.headers.get("content-encoding"), null);
    const me = await person.api.get("/api/auth/me", { headers });
    assert.equal(me.headers.get("content-encoding"), "br", "others are");
  });

  test("takes the token from the body of clients without cookies", async () => {
    const { refreshToken } = await browserSession(people.owner());
    const answer = await server.visitor.post("/api/auth/refresh", { refreshToken });
    assert.equal(answer.status, 200, answer.text);
    assert.notEqual(answer.body.data.refreshToken, refreshToken);
    assert.equal((await server.visitor.post("/api/auth/refresh", answer.body.data)).status, 200);
  });

  test("goes on from one rotated token to the next", async () => {
    let { refreshToken } = await browserSession(people.owner());
    for (let round = 0; round < 3; round++) {
      const answer = await refresh(refreshToken);
      assert.equal(answer.status, 200, answer.text);
      refreshToken = rotatedBy(answer);
    }
  });

  test("2.4 a reused refresh token kills its session: the newest tokens of it are dead too", async () => {
    const { refreshToken, person } = await browserSession(people.owner());
    const renewed = await refresh(rotatedBy(await refresh(refreshToken)));
    assertProblem(await refresh(refreshToken), 401, "unauthenticated");
    const newest = rotatedBy(renewed);
    assertProblem(await refresh(newest), 401, "unauthenticated");
    assertProblem(await server.visitor.bearing(renewed.body.data.token).get("/api/auth/me"), 401, "unauthenticated");
    assertProblem(await person.api.get("/api/auth/me"), 401, "unauthenticated");
  });

  test("a reused refresh token leaves other sessions of the same person alone", async () => {
    const owner = people.owner();
    const [stolen, other] = [await browserSession(owner), await browserSession(owner)];
    await refresh(rotatedBy(await refresh(stolen.refreshToken)));
    assertProblem(await refresh(stolen.refreshToken), 401, "unauthenticated");
    assert.equal((await other.person.api.get("/api/auth/me")).status, 200);
    assert.equal((await refresh(other.refreshToken)).status, 200);
  });

  test("2.4 answers the same successor again while that is unused, so that a lost answer signs nobody out", async () => {
    const { refreshToken, person } = await browserSession(people.owner());
    const both = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    assert.deepEqual([both[0].status, both[1].status], [200, 200]);
    assert.equal(rotatedBy(both[0]), rotatedBy(both[1]));
    assert.equal(rotatedBy(await refresh(refreshToken)), rotatedBy(both[0]));
    assert.equal((await person.api.get("/api/auth/me")).status, 200);
  });

  test("refuses what is not a refresh token of a living session", async () => {
    assertProblem(await server.visitor.post("/api/auth/refresh"), 401, "unauthenticated");
    const { refreshToken, person } = await browserSession(people.owner());
    for (const wrong of ["", "nonsense", person.token, `${refreshToken}x`]) {
      assertProblem(await refresh(wrong), 401, "unauthenticated");
    }
    await person.api.post("/api/auth/logout");
    assertProblem(await refresh(refreshToken), 401, "unauthenticated");
  });
});

describe("POST /api/auth/logout", () => {
  test("2.4 kills the token at once and leaves other sessions of the same person alone", async () => {
    const owner = people.owner();
    const [phone, laptop] = [await owner.signIn(), await owner.signIn()];
    assert.equal((await phone.api.post("/api/auth/logout")).status, 200);
    assertProblem(await phone.api.get("/api/auth/me"), 401, "unauthenticated");
    assert.equal((await laptop.api.get("/api/auth/me")).status, 200);
  });

  test("works with the refresh token's cookie alone", async () => {
    const { refreshToken, person } = await browserSession(people.owner());
    const headers = { cookie: `refreshToken=${refreshToken}`, origin: server.url };
    assert.equal((await server.visitor.post("/api/auth/logout", undefined, { headers })).status, 200);
    assertProblem(await person.api.get("/api/auth/me"), 401, "unauthenticated");
  });

  test("a forged token ends nobody's session", async () => {
    const owner = people.owner();
    const forged = forgedTokens(owner);
    for (const what of ["signed with another secret", "without a signature", "with the signature cut off"]) {
      const answer = await server.visitor.bearing(String(forged[what])).post("/api/auth/logout");
      assertProblem(answer, 401, "unauthenticated");
    }
    assert.equal((await owner.api.get("/api/auth/me")).status, 200);
  });
});

for (const transport of TRANSPORTS) {
  describe(`sessions and sockets over ${transport}`, () => {
    test("logout closes the sockets of its session and of no other", async (t) => {
      const { owner } = await people.pair();
      const [phone, laptop] = [await owner.signIn(), await owner.signIn()];
      const phoneSockets = [await connect(t, phone, transport), await connect(t, phone, transport)];
      const laptopSocket = await connect(t, laptop, transport);
      await phone.api.post("/api/auth/logout");
      for (const device of phoneSockets) await device.next("disconnect");
      await laptopSocket.caughtUp();
      assert.deepEqual(laptopSocket.all("disconnect"), []);
    });

    test("a device that was logged out is not let in again", async (t) => {
      const phone = await people.owner().signIn();
      const device = await connect(t, phone, transport);
      await phone.api.post("/api/auth/logout");
      await device.next("disconnect");
      device.socket.connect();
      assert.equal((await device.next("connect_error")).message, "unauthenticated");
    });

    test("a reused refresh token closes the session's sockets", async (t) => {
      const { refreshToken, person } = await browserSession(people.owner());
      const device = await connect(t, person, transport);
      await refresh(rotatedBy(await refresh(refreshToken)));
      await refresh(refreshToken);
      await device.next("disconnect");
    });

    test("a refused connect says unauthenticated, and the client does not try again by itself", async (t) => {
      const owner = people.owner();
      const refused = { "without a token": undefined, expired: expiredToken(owner), ...forgedTokens(owner) };
      for (const [what, token] of Object.entries(refused)) {
        const device = knock(t, server, { transport, token, reconnection: true });
        assert.equal((await device.next("connect_error")).message, "unauthenticated", `a token ${what}`);
        assert.equal(device.socket.active, false, `a token ${what}`);
      }
    });

    test("after a refresh the same client gets in", async (t) => {
      const { refreshToken, person } = await browserSession(people.owner());
      let token = expiredToken(person);
      const auth = (/** @type {(data: object) => void} */ give) => give({ token });
      const device = knock(t, server, { transport, auth });
      assert.equal((await device.next("connect_error")).message, "unauthenticated");
      token = (await refresh(refreshToken)).body.data.token;
      device.socket.connect();
      await device.next("connect");
    });

    test("the token may come in the bearer header or in the cookie", async (t) => {
      const owner = people.owner();
      for (const headers of [{ authorization: `Bearer ${owner.token}` }, { cookie: `accessToken=${owner.token}` }]) {
        const device = knock(t, server, { transport, headers: /** @type {any} */ (headers) });
        await device.next("connect");
      }
    });

    test("a cookie from a foreign page's origin is refused, from our own let in", async (t) => {
      const cookie = `accessToken=${people.owner().token}`;
      for (const origin of ["https://evil.test", `${server.url}.evil.test`, "null"]) {
        const message = await refusal(t, server, { transport, headers: { cookie, origin } });
        assert.equal(message, "origin_forbidden", origin);
      }
      const ours = knock(t, server, { transport, headers: { cookie, origin: server.url } });
      await ours.next("connect");
    });
  });
}
