// Contract 3.2: the command line, and what the server refuses to start with.

import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import { runCommand } from "../support/program.js";
import { freshEmail, hire, Person, signIn } from "../support/people.js";
import { assertProblem } from "../support/problems.js";
import { openServer, prepareServer } from "../support/server.js";
import { connect, messageFrom } from "../support/sockets.js";

const GOOD_SECRET = "kT7#mQ2x!vB9zL4wR8pN3cF6hJ1sD5gY";

/**
 * `serve` with exactly this environment, in a folder and on a database of its own.
 * @param {Record<string, string>} env
 * @param {import("node:test").TestContext} t
 */
async function serveWith(env, t) {
  const server = await prepareServer({ people: null });
  t.after(() => server.close());
  return runCommand(["serve"], {
    env: { DATABASE_URL: server.database.url, PORT: "0", ...env },
    folder: server.folder,
  });
}

describe("serve refuses to start", () => {
  /** @type {[string, Record<string, string>, RegExp][]} */
  const cases = [
    ["without JWT_SECRET", {}, /JWT_SECRET is not set/],
    ["with an empty JWT_SECRET", { JWT_SECRET: "" }, /JWT_SECRET is not set/],
    ["with a short JWT_SECRET", { JWT_SECRET: "supersecretkey" }, /JWT_SECRET is too weak/],
    ["with a monotonous JWT_SECRET", { JWT_SECRET: "ab".repeat(40) }, /JWT_SECRET is too weak/],
    [
      "with RATE_LIMITS off beside production keys",
      {
        JWT_SECRET: GOOD_SECRET,
        RATE_LIMITS: "off",
        PUBLIC_URL: "https://hellopet.site",
        MIDTRANS_SERVER_KEY: "Mid-server-production",
        MIDTRANS_CLIENT_KEY: "Mid-client-production",
      },
      /RATE_LIMITS/,
    ],
    [
      "with production keys and no https address",
      {
        JWT_SECRET: GOOD_SECRET,
        MIDTRANS_SERVER_KEY: "Mid-server-production",
        MIDTRANS_CLIENT_KEY: "Mid-client-production",
      },
      /PUBLIC_URL/,
    ],
    [
      "with RATE_LIMITS off on a public address",
      { JWT_SECRET: GOOD_SECRET, RATE_LIMITS: "off", PAYMENTS: "simulated", PUBLIC_URL: "https://hellopet.site" },
      /RATE_LIMITS/,
    ],
    ["without keys on a public address", { JWT_SECRET: GOOD_SECRET, PUBLIC_URL: "https://hellopet.site" }, /PAYMENTS/],
    [
      "with keys that would travel in the clear",
      {
        JWT_SECRET: GOOD_SECRET,
        MIDTRANS_SERVER_KEY: "SB-Mid-server-x",
        MIDTRANS_CLIENT_KEY: "SB-Mid-client-x",
        MIDTRANS_BASE_URL: "http://midtrans.example.id",
      },
      /MIDTRANS_BASE_URL/,
    ],
    [
      "with half of the keys",
      { JWT_SECRET: GOOD_SECRET, MIDTRANS_SERVER_KEY: "SB-Mid-server-x" },
      /MIDTRANS_CLIENT_KEY/,
    ],
    ["with an origin that is none", { JWT_SECRET: GOOD_SECRET, CLIENT_ORIGIN: "hellopet.site" }, /CLIENT_ORIGIN/],
    ["with a database that it does not know", { JWT_SECRET: GOOD_SECRET, DATABASE_URL: "mysql://x/y" }, /DATABASE_URL/],
    ["with a port that is none", { JWT_SECRET: GOOD_SECRET, PORT: "delapan" }, /PORT/],
    [
      "with several things wrong, and names them all",
      { PORT: "delapan", MARKUP_BASIS_POINTS: "9000" },
      /PORT[\s\S]*MARKUP[\s\S]*JWT_SECRET/,
    ],
  ];
  for (const [name, env, message] of cases) {
    test(name, async (t) => {
      const result = await serveWith(env, t);
      assert.notEqual(result.code, 0);
      assert.match(result.stderr, message);
      assert.doesNotMatch(result.stderr, /panicked|RUST_BACKTRACE/);
      for (const secret of [env.JWT_SECRET, env.MIDTRANS_SERVER_KEY]) {
        if (secret) assert.ok(!result.stderr.includes(secret), "a secret was printed");
      }
    });
  }

  const PUBLIC = { JWT_SECRET: GOOD_SECRET, PUBLIC_URL: "https://hellopet.site", PAYMENTS: "simulated", RATE_LIMITS: "on" };

  test("with --demo on a public address", async (t) => {
    const server = await prepareServer({ people: null });
    t.after(() => server.close());
    const result = await runCommand(["serve", "--demo"], {
      env: { ...PUBLIC, DATABASE_URL: server.database.url, PORT: "0" },
      folder: server.folder,
    });
    assert.notEqual(result.code, 0);
    assert.match(result.stderr, /--demo/);
  });

  test("on a public address while people of the demo have their password", async (t) => {
    const server = await prepareServer({ people: null, args: ["--demo"] });
    t.after(() => server.close());
    await server.start();
    await server.stop();
    const result = await runCommand(["serve"], {
      env: { ...PUBLIC, DATABASE_URL: server.database.url, PORT: "0" },
      folder: server.folder,
    });
    assert.notEqual(result.code, 0);
    assert.match(result.stderr, /@hellopet\.test still has the password of the demo/);
  });

  test("where its port is taken, and says so", async (t) => {
    const server = await openServer({ people: null }, t);
    const result = await serveWith({ JWT_SECRET: GOOD_SECRET, PORT: String(server.port) }, t);
    assert.notEqual(result.code, 0);
    assert.match(result.stderr, new RegExp(String(server.port)));
  });
});

describe("user create", () => {
  test("--role dokter makes a verified doctor who can sign in", async (t) => {
    const server = await openServer({ people: null }, t);
    const doctor = await hire(server, "dokter", ["--username", "drh. Baru", "--price", "60000"]);
    assert.equal(doctor.role, "dokter");
    const { body } = await server.visitor.get(`/api/doctors/${doctor.id}`);
    assert.equal(body.username, "drh. Baru");
    assert.ok(body.verifiedAt);
    assert.equal(body.price, 67_500);
  });

  test("makes a password where none is given, and prints it once", async (t) => {
    const server = await openServer({ people: null }, t);
    const email = freshEmail();
    const result = await server.run(["user", "create", "--role", "admin", "--email", email]);
    assert.equal(result.code, 0, result.stderr);
    const password = result.stdout.match(/password: (\S+)/)?.[1] ?? "";
    assert.ok(password.length >= 12);
    assert.equal((await signIn(server, email, password)).body.data.user.roles, "admin");
  });

  test("refuses a taken e-mail, a poor password, an unknown role and a price of nothing", async (t) => {
    const server = await openServer({ people: null }, t);
    const create = (/** @type {string[]} */ ...args) => server.run(["user", "create", ...args]);
    const email = freshEmail();
    assert.equal((await create("--role", "user", "--email", email, "--password", "kata-sandi-baik")).code, 0);
    for (const args of [
      ["--role", "user", "--email", email, "--password", "kata-sandi-baik"],
      ["--role", "user", "--email", freshEmail(), "--password", "pendek"],
      ["--role", "raja", "--email", freshEmail(), "--password", "kata-sandi-baik"],
      ["--role", "user", "--email", "bukan-email", "--password", "kata-sandi-baik"],
      ["--role", "dokter", "--email", freshEmail(), "--password", "kata-sandi-baik", "--price", "0"],
      ["--role", "user"],
    ]) {
      const result = await create(...args);
      assert.notEqual(result.code, 0, args.join(" "));
      assert.ok(result.stderr.length > 0);
      assert.doesNotMatch(result.stderr, /panicked/);
    }
  });
});

describe("fixture", () => {
  test("writes the users file of the bench: ids, tokens that work, pairs that can chat", async (t) => {
    const server = await openServer({ people: { pairs: 5, doctors: 0, idle: 7 } }, t);
    const { users, pairs } = server.users;
    assert.equal(users.length, 5 + 5 + 7);
    assert.equal(new Set(users.map((/** @type {any} */ user) => user.id)).size, users.length);
    for (const user of users) {
      assert.deepEqual(Object.keys(user).sort(), ["email", "id", "password", "role", "token"]);
      const me = await server.visitor.bearing(user.token).get("/api/auth/me");
      assert.deepEqual([me.body.id, me.body.roles], [user.id, user.role]);
    }
    const lifetime = JSON.parse(Buffer.from(users[0].token.split(".")[1], "base64url").toString());
    assert.equal(lifetime.exp - lifetime.iat, 24 * 3600, "the tokens live for a day");
    await signIn(server, users[0].email, users[0].password);
    assert.equal((await server.visitor.get("/api/roles/dokter")).body.length, 5);
    assert.equal(pairs.length, 5);
    for (const { doctor: doctorIndex, owner: ownerIndex } of pairs) {
      const [owner, doctor] = [new Person(server, users[ownerIndex]), new Person(server, users[doctorIndex])];
      assert.deepEqual([owner.role, doctor.role], ["user", "dokter"]);
      const device = await connect(t, doctor, "websocket", { query: { userId: doctor.id } });
      const said = await owner.say(doctor, "halo");
      assert.deepEqual(await device.next("newMessage"), said);
      const pair = { owner, doctor, conversationId: said.conversationId };
      assert.equal((await device.ask("sendMessage", messageFrom(pair, "doctor", { message: "halo juga" }))).seq, 2);
    }
  });

  test("lets a doctor sit in several pairs", async (t) => {
    const server = await prepareServer({ people: null });
    t.after(() => server.close());
    const out = join(server.folder, "few.json");
    const result = await server.run(["fixture", "--pairs", "5", "--doctors", "2", "--idle", "0", "--out", out]);
    assert.equal(result.code, 0, result.stderr);
    const { users, pairs } = JSON.parse(await readFile(out, "utf8"));
    assert.equal(users.length, 7);
    assert.deepEqual(new Set(pairs.map((/** @type {any} */ pair) => pair.doctor)).size, 2);
    assert.deepEqual(new Set(pairs.map((/** @type {any} */ pair) => pair.owner)).size, 5);
  });

  test("does not touch a database that holds somebody", async (t) => {
    const server = await openServer({ people: null }, t);
    await hire(server, "dokter");
    const result = await server.run(["fixture", "--pairs", "1", "--doctors", "1", "--idle", "0", "--out", "x.json"]);
    assert.notEqual(result.code, 0);
    assert.match(result.stderr, /not empty/);
    assert.equal((await server.visitor.get("/api/roles/dokter")).body.length, 1);
  });
});

describe("migrate and openapi", () => {
  test("migrate may be run again and again", async (t) => {
    const server = await prepareServer({ people: null });
    t.after(() => server.close());
    for (let round = 0; round < 2; round++) assert.equal((await server.run(["migrate"])).code, 0);
  });

  test("openapi prints what the server publishes", async (t) => {
    const server = await openServer({ people: null }, t);
    const printed = await server.run(["openapi"]);
    assert.equal(printed.code, 0);
    assert.deepEqual(JSON.parse(printed.stdout), (await server.visitor.get("/api/openapi.json")).body);
  });
});

describe("--demo", () => {
  const accounts = {
    "pemilik@hellopet.test": "user",
    "pemilik2@hellopet.test": "user",
    "dokter@hellopet.test": "dokter",
    "dokter2@hellopet.test": "dokter",
    "mitra@hellopet.test": "mitra",
    "admin@hellopet.test": "admin",
  };

  test("makes the people of the contract, once", async (t) => {
    const server = await openServer({ people: null, args: ["--demo"] }, t);
    const look = async () => {
      const tokens = new Map();
      for (const [email, role] of Object.entries(accounts)) {
        const { user, token } = (await signIn(server, email, "hellopet-demo")).body.data;
        assert.equal(user.roles, role, email);
        tokens.set(email, token);
      }
      const directory = (await server.visitor.get("/api/roles/dokter")).body;
      const doctor = server.visitor.bearing(tokens.get("dokter@hellopet.test"));
      const consultations = (await doctor.get("/api/consultations", { query: { limit: 100 } })).body;
      return { directory, consultations };
    };
    const first = await look();
    assert.ok(first.directory.length >= 8, "at least 8 verified doctors");
    assert.ok(
      first.directory.some((/** @type {any} */ card) => card.reviewCount > 0 && card.rate >= 1 && card.rate <= 5),
    );
    assert.ok(first.consultations.items.length > 20, "a year of consultations");
    await server.stop();
    await server.start();
    assert.deepEqual(await look(), first);
  });

  test("needs no configuration at all", async (t) => {
    const server = await prepareServer({ people: null, args: ["--demo"] });
    t.after(() => server.close());
    delete server.env.JWT_SECRET;
    delete server.env.RATE_LIMITS;
    await server.start();
    await signIn(server, "pemilik@hellopet.test", "hellopet-demo");
  });

  test("leaves a database with people alone", async (t) => {
    const server = await prepareServer({ people: null, args: ["--demo"] });
    t.after(() => server.close());
    const args = ["user", "create", "--role", "dokter", "--email", freshEmail(), "--password", "kata-sandi-baik"];
    assert.equal((await server.run(args)).code, 0);
    await server.start();
    assert.equal((await server.visitor.get("/api/roles/dokter")).body.length, 1);
    const form = { email: "admin@hellopet.test", password: "hellopet-demo" };
    assertProblem(await server.visitor.post("/api/auth/login", form), 401, "invalid_credentials");
  });
});

test("what the server stores on disk is for its own user only", async (t) => {
  const server = await openServer({}, t);
  const entries = await readdir(server.folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  // On PostgreSQL there may be none yet.
  if (server.database.url.startsWith("sqlite:")) assert.ok(files.some((file) => file.endsWith("hellopet.db")));
  for (const file of files) assert.equal((await stat(file)).mode & 0o077, 0, file);
});
