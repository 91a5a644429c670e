// What people wrote, and what opens their accounts, is in no line of the log, no figure, no error and no job, also where the log
// says as much as it can of our own code.

import assert from "node:assert/strict";
import { test } from "node:test";

import { World } from "../policy/world.js";
import { signIn } from "../support/people.js";
import { openServer } from "../support/server.js";

const NEW_PASSWORD = "kata-sandi-kenari-rahasia";
/** Our own code and the layer of HTTP at their most talkative; the libraries below as a server that is looked into would have them. */
const LOG = "debug,hellopet=trace,platform=trace";

const server = await openServer({ env: { LOG } });

/** What opens accounts: of a sign-in, a wrong one, and a change of the password. @param {import("../support/people.js").Person} person */
async function keysOf(person) {
  const { body, cookies } = await signIn(server, person.email, person.password);
  await server.visitor.post("/api/auth/login", { email: person.email, password: `${NEW_PASSWORD}-salah` });
  const device = server.visitor.bearing(body.data.token);
  await device.request("PUT", "/api/auth/password", { currentPassword: person.password, password: NEW_PASSWORD });
  await server.visitor.post("/api/auth/forgot-password", { email: person.email });
  await server.visitor.post("/api/auth/reset-password", { token: "surat-kenari-yang-bocor", password: NEW_PASSWORD });
  await server.visitor.bearing("token-kenari-yang-bocor").get("/api/auth/me");
  const carried = cookies.map((cookie) => String(cookie.split(/[=;]/)[1]));
  const tokens = [body.data.token, body.data.refreshToken, ...carried].filter((token) => token?.length > 20);
  const { JWT_SECRET = "", DATABASE_URL = "" } = server.env;
  const password = /:\/\/[^:]+:([^@]+)@/.exec(DATABASE_URL)?.[1];
  return [...tokens, person.password, NEW_PASSWORD, "kenari-yang-bocor", JWT_SECRET, ...(password ? [password] : [])];
}

/** Half of what is sent goes wrong, which is what servers tell of. @param {import("../policy/scenes.js").Scene} scene */
async function goWrong({ people: { owner, stranger, doctor }, secrets }) {
  const said = String(secrets.find(({ kind }) => kind === "message")?.text);
  await owner.api.post("/api/pets", { name: said, species: "naga", notes: said });
  await owner.api.post("/api/messages/send/01900000-0000-7000-8000-000000000000", { message: said });
  await stranger?.api.post(`/api/messages/send/${doctor.id}`, { message: said, clientId: said });
  await owner.api.get("/api/messages/search", { query: { q: said, cursor: said } });
  await owner.api.post("/api/client-errors", { route: "/", message: `x is not a function` });
}

test("are told to nobody who looks into a server", async (t) => {
  const serving = server.process;
  assert.ok(serving);
  serving.kept = Infinity;
  const world = await World.of(t, server);
  const scenes = [await world.shared("active"), await world.shared("ended")];
  for (const scene of scenes) await goWrong(scene);
  const admin = world.cast.admin;
  assert.ok(admin);
  const told = [
    (await server.visitor.get("/metrics")).text,
    (await admin.api.get("/api/admin/jobs")).text,
    (await admin.api.get("/api/admin/audit")).text,
  ];
  const keys = await keysOf(world.people.owner());
  told.push(...serving.lines.map((line) => JSON.stringify(line)));

  const words = world.secrets.filter(({ kind }) => kind !== "email").map(({ text }) => text);
  assert.ok(words.length > 20 && keys.length > 5 && told.length > 80, `${words.length}, ${keys.length}, ${told.length}`);
  const leaks = [...words, ...keys].flatMap((secret) => told.filter((text) => text.includes(secret)).slice(0, 3));
  assert.deepEqual([...new Set(leaks)].map((leak) => leak.slice(0, 400)), []);
});
